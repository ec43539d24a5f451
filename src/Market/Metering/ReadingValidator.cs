using System;
using System.Collections.Generic;
using EnergyNode.Ledger;

namespace EnergyNode.Market.Metering;

/// <summary>
/// Checks readings one at a time, in the order of the file, and groups those that pass into intervals (METER-10). They
/// follow each other without a hole from the stream's first to its last; one without readings is empty. An interval is
/// released when a later one opens.
/// </summary>
public sealed class ReadingValidator
{
    private static readonly Duration Step = Duration.FromSeconds(MeteringLimits.IntervalSeconds);

    private readonly MeterList _meters;
    private readonly MeterTrack[] _tracks;
    private readonly List<RawReading> _open = [];
    private Instant _first;
    private int _current = -1;

    public ReadingValidator(MeterList meters)
    {
        _meters = meters;
        _tracks = new MeterTrack[meters.Count];
        for (int meter = 0; meter < _tracks.Length; meter++)
        {
            _tracks[meter] = new MeterTrack();
        }
    }

    public ValidationReport Report { get; } = new();

    /// <summary>Takes the next reading and appends the intervals that it completes.</summary>
    public void Accept(in RawReading reading, List<ReadingInterval> released)
    {
        int meter = _meters.IndexOf(reading.Meter);
        if (meter < 0)
        {
            Report.Add(QuarantineRule.UnknownMeter, reading, $"meter {reading.Meter} is not in the meter list");
            return;
        }

        if (!TryPlace(reading, out long interval))
        {
            return;
        }

        MeterTrack track = _tracks[meter];
        if (interval < _current)
        {
            Report.Add(
                QuarantineRule.OutOfOrder, reading, $"{_current - interval} intervals before one already open");
            if (interval >= 0)
            {
                track.SetHeard((int)interval);
            }

            return;
        }

        Advance((int)interval, released);
        if (track.IsHeard(_current))
        {
            Report.Add(QuarantineRule.Duplicate, reading, "the meter was already heard in this interval");
            return;
        }

        track.SetHeard(_current);
        if (IsWithinBounds(reading) && IsWithinRating(reading, _meters[meter]))
        {
            track.Inspect(reading, _current, Report);
            Report.AddReleased();
            _open.Add(reading);
        }
    }

    /// <summary>Ends the stream: appends the last interval and counts the gaps. No reading may follow.</summary>
    public void Complete(List<ReadingInterval> released)
    {
        if (_current < 0)
        {
            return;
        }

        Release(released);
        for (int interval = 0; interval <= _current; interval++)
        {
            for (int meter = 0; meter < _tracks.Length; meter++)
            {
                if (!_tracks[meter].IsHeard(interval))
                {
                    RawReading missing = default;
                    Report.Add(
                        QuarantineRule.Gap,
                        missing with { Meter = _meters[meter].Meter, Start = StartOf(interval) },
                        "no reading");
                }
            }
        }

        _current = -1;
    }

    /// <summary>Numbers the reading's interval from the stream's first, which the first placed reading sets.</summary>
    private bool TryPlace(in RawReading reading, out long interval)
    {
        interval = 0;
        if (reading.Start.Micros % Step.Micros != 0 || reading.Start < new Instant(0)
            || reading.Start >= Instant.FromSeconds(MeteringLimits.EndOfTimeSeconds))
        {
            Report.Add(
                QuarantineRule.InvalidInterval, reading, "the time is not a quarter of an hour of 1970 … 2999");
            return false;
        }

        if (_current < 0)
        {
            _first = reading.Start;
            _current = 0;
        }

        interval = reading.Start.Since(_first).Micros / Step.Micros;
        if (interval < MeteringLimits.MaxIntervals)
        {
            return true;
        }

        Report.Add(
            QuarantineRule.InvalidInterval,
            reading,
            $"{interval} intervals after the first, a stream spans at most {MeteringLimits.MaxIntervals}");
        return false;
    }

    private bool IsWithinBounds(in RawReading reading)
    {
        ReadOnlySpan<long> energies =
            [reading.Consumption.Wh, reading.Generation.Wh, reading.Import.Wh, reading.Export.Wh];
        foreach (long energy in energies)
        {
            if (energy is < 0 or > MeteringLimits.MaxReadingWattHours)
            {
                Report.Add(QuarantineRule.InvalidEnergy, reading, $"{new WattHours(energy)} is out of range");
                return false;
            }
        }

        return true;
    }

    private bool IsWithinRating(in RawReading reading, MeterConnection connection)
    {
        WattHours mostConsumed = connection.ImportRating.PerInterval;
        WattHours mostGenerated = connection.ExportRating.PerInterval;
        if (reading.Consumption <= mostConsumed && reading.Generation <= mostGenerated)
        {
            return true;
        }

        string reason = reading.Consumption > mostConsumed
            ? $"consumption {reading.Consumption} is more than {mostConsumed} at {connection.ImportRating}"
            : $"generation {reading.Generation} is more than {mostGenerated} at {connection.ExportRating}";
        Report.Add(QuarantineRule.OverRating, reading, reason);
        return false;
    }

    private void Advance(int interval, List<ReadingInterval> released)
    {
        while (_current < interval)
        {
            Release(released);
            _current++;
        }
    }

    private void Release(List<ReadingInterval> released)
    {
        _open.Sort(static (left, right) => left.Meter.CompareTo(right.Meter));
        released.Add(new ReadingInterval(StartOf(_current), _open.ToArray()));
        _open.Clear();
    }

    private Instant StartOf(int interval) => new(_first.Micros + (interval * Step.Micros));
}
