using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using EnergyNode.Market.Metering;

namespace EnergyNode.Node.Readings;

/// <summary>Inspects a Green Button file: form, units, and whether a meter's intervals follow each other.</summary>
internal sealed class GreenButtonInspection
{
    private readonly InspectionReport _report = new(ReadingFormat.GreenButton);

    private readonly Action<GreenButtonStream, EspiReading, ExactEnergy>? _each;

    private GreenButtonInspection(Action<GreenButtonStream, EspiReading, ExactEnergy>? each)
    {
        _each = each;
    }

    /// <param name="stream">The file.</param>
    /// <param name="each">Is told each reading whose energy can be used, by stream and in the order of time.</param>
    /// <exception cref="UnreadableFileException">The file is no Green Button feed, or broken.</exception>
    public static InspectionReport Run(
        Stream stream, Action<GreenButtonStream, EspiReading, ExactEnergy>? each = null)
    {
        using XmlCursor xml = new(stream);
        GreenButtonInspection inspection = new(each);
        inspection.Inspect(GreenButtonReader.Read(xml, inspection._report.Problems));
        return inspection._report;
    }

    private void Inspect(GreenButtonFeed feed)
    {
        foreach ((int code, long count) in feed.Quality)
        {
            _report.CountQuality(code, count);
        }

        IReadOnlyList<GreenButtonStream> streams = GreenButtonStreams.Of(feed);
        foreach (GreenButtonStream stream in streams)
        {
            Inspect(stream);
        }

        _report.Meters = streams.Select(static stream => stream.Meter).Distinct(StringComparer.Ordinal).Count();
        _report.Readings = feed.Blocks.Sum(static block => (long)block.Count);
        if (_report.Readings == 0)
        {
            _report.Problems.Add(1, ReadingRule.Empty, "the feed has no IntervalReading");
        }
    }

    private void Inspect(GreenButtonStream stream)
    {
        bool usable = CheckType(stream);
        int quality = (int)(stream.Type?.DefaultQuality ?? EspiCodes.QualityValid);
        List<EspiReading> placed = [];
        foreach (EspiBlock block in stream.Blocks)
        {
            _report.CountQuality(quality, block.WithoutQuality);
            Place(block, stream.Type, placed);
        }

        placed.Sort(static (left, right) => (left.StartSeconds, left.Line).CompareTo((right.StartSeconds, right.Line)));
        long covered = -1;
        EspiReading previous = default;
        ExactEnergy before = _report.Sum;
        foreach (EspiReading reading in placed)
        {
            if (Follows(reading, previous, ref covered))
            {
                previous = reading;
                if (usable)
                {
                    AddEnergy(reading, stream);
                }
            }
        }

        CheckEnds(stream, placed, covered);
        string direction = stream.Type?.FlowDirection is { } flow ? $", flow direction {Text(flow)}" : "";
        _report.Details.Add((
            $"meter {XmlCursor.Shown(stream.Meter)}",
            $"{Text(placed.Count)} readings, {_report.Sum - before} Wh{direction}"));
    }

    /// <returns>Whether the values are energy of their intervals.</returns>
    private bool CheckType(GreenButtonStream stream)
    {
        if (stream.Type is not { } type)
        {
            _report.Problems.Add(
                stream.Blocks[0].Line, ReadingRule.ReadingType, "no ReadingType is linked to the block's MeterReading");
            return false;
        }

        if (type.Unit != EspiCodes.WattHours)
        {
            string unit = type.Unit is { } code
                ? $"uom {Text(code)} ({EspiCodes.UnitName(code)})"
                : "a type without uom";
            _report.Problems.Add(type.Line, ReadingRule.Unit, $"{unit} is not read, only 72 (Wh) is");
            return false;
        }

        if (!EspiCodes.IsMultiplier(type.PowerOfTenMultiplier ?? 0))
        {
            _report.Problems.Add(
                type.Line, ReadingRule.Multiplier,
                $"powerOfTenMultiplier {Text(type.PowerOfTenMultiplier ?? 0)} is none of ESPI (-12 to 12)");
            return false;
        }

        if (!EspiCodes.IsDelta(type.Accumulation))
        {
            long code = type.Accumulation ?? 0;
            _report.Problems.Add(
                type.Line, ReadingRule.Accumulation,
                $"accumulationBehaviour {Text(code)} ({EspiCodes.AccumulationName(code)}) is not read, "
                + "only 4 (deltaData) is");
            return false;
        }

        return true;
    }

    private void Place(EspiBlock block, EspiReadingType? type, List<EspiReading> placed)
    {
        long? next = block.StartSeconds;
        foreach (EspiReading stated in block.Readings)
        {
            bool hasDuration = stated.DurationSeconds != EspiReading.NotStated;
            long? duration = hasDuration ? stated.DurationSeconds : type?.IntervalLengthSeconds;
            long? start = stated.StartSeconds != EspiReading.NotStated ? stated.StartSeconds : next;
            if (start is not { } from || from >= MeteringLimits.EndOfTimeSeconds)
            {
                _report.Problems.Add(
                    stated.Line, ReadingRule.InvalidTime, "the reading's start is no time before the year 3000");
                continue;
            }

            if (duration is not (> 0 and <= ReadingsLimits.MaxIntervalSeconds))
            {
                _report.Problems.Add(
                    stated.Line, ReadingRule.IntervalLength,
                    $"a reading of {Text(duration ?? 0)} s, give 1 s to 366 days");
                continue;
            }

            EspiReading reading = stated with { StartSeconds = from, DurationSeconds = duration.Value };
            next = from + duration;
            CheckPlace(reading, block, type);
            placed.Add(reading);
        }
    }

    private void CheckPlace(in EspiReading reading, EspiBlock block, EspiReadingType? type)
    {
        long end = reading.StartSeconds + reading.DurationSeconds;
        _report.Span(reading.StartSeconds * 1_000, end * 1_000);
        _report.Interval(reading.DurationSeconds);
        if (type?.IntervalLengthSeconds is { } length and > 0 && length != reading.DurationSeconds)
        {
            _report.Problems.Add(
                reading.Line, ReadingRule.IntervalLength,
                $"a reading of {Text(reading.DurationSeconds)} s, its type states {Text(length)} s");
        }

        if (block.EndSeconds is { } blockEnd && (reading.StartSeconds < block.StartSeconds || end > blockEnd))
        {
            _report.Problems.Add(
                reading.Line, ReadingRule.OutsideBlock,
                $"the reading of {Time(reading.StartSeconds)} is outside its block's interval");
        }
    }

    /// <returns>Whether the reading covers time that no other one covers.</returns>
    private bool Follows(in EspiReading reading, in EspiReading previous, ref long covered)
    {
        long start = reading.StartSeconds;
        long end = start + reading.DurationSeconds;
        if (covered >= 0 && start < covered)
        {
            bool same = start == previous.StartSeconds && reading.DurationSeconds == previous.DurationSeconds;
            _report.Problems.Add(
                reading.Line,
                same ? ReadingRule.Duplicate : ReadingRule.Overlap,
                same
                    ? $"the interval of {Time(start)} is already in line {previous.Line}, "
                        + (reading.Value == previous.Value ? "with the same value" : "with another value")
                    : $"the reading of {Time(start)} begins before the one of line {previous.Line} ends");
            return false;
        }

        if (covered >= 0 && start > covered)
        {
            _report.Problems.Add(
                reading.Line, ReadingRule.Gap, $"no reading from {Time(covered)} to {Time(start)}");
        }

        covered = end;
        return true;
    }

    /// <summary>Blocks state the time that they cover: nothing may be missing at the ends either.</summary>
    private void CheckEnds(GreenButtonStream stream, List<EspiReading> placed, long covered)
    {
        EspiBlock? first = null;
        EspiBlock? last = null;
        foreach (EspiBlock block in stream.Blocks)
        {
            if (block.EndSeconds is { } end)
            {
                first = first is null || block.StartSeconds < first.StartSeconds ? block : first;
                last = last is null || end > last.EndSeconds ? block : last;
            }
        }

        if (placed.Count > 0 && first?.StartSeconds is { } begin && begin < placed[0].StartSeconds)
        {
            _report.Problems.Add(
                first.Line, ReadingRule.Gap, $"no reading from {Time(begin)} to {Time(placed[0].StartSeconds)}");
        }

        if (placed.Count > 0 && last?.EndSeconds is { } stop && stop > covered)
        {
            _report.Problems.Add(last.Line, ReadingRule.Gap, $"no reading from {Time(covered)} to {Time(stop)}");
        }
    }

    private void AddEnergy(in EspiReading reading, GreenButtonStream stream)
    {
        EspiReadingType type = stream.Type!;
        if (reading.Value < 0 && !EspiCodes.MayBeNegative(type.FlowDirection))
        {
            _report.Problems.Add(reading.Line, ReadingRule.Negative, $"value {Text(reading.Value)} is below zero");
            return;
        }

        int exponent = (int)(type.PowerOfTenMultiplier ?? 0) + ExactEnergy.WattHourExponent;
        ExactEnergy? energy = ExactEnergy.Scale(reading.Value, exponent, out EnergyFault fault);
        if (fault == EnergyFault.TooFine)
        {
            _report.Problems.Add(
                reading.Line, ReadingRule.Precision, $"value {Text(reading.Value)} is no whole number of µWh");
        }
        else if (energy is not { } exact
            || Int128.Abs(exact.MicroWattHours)
                > ExactEnergy.FromWattHours(MeteringLimits.MaxReadingWattHours).MicroWattHours)
        {
            _report.Problems.Add(
                reading.Line, ReadingRule.OutOfRange,
                $"value {Text(reading.Value)} is more than {Text(MeteringLimits.MaxReadingWattHours)} Wh");
        }
        else
        {
            _report.Sum += exact;
            _each?.Invoke(stream, reading, exact);
        }
    }

    private static string Time(long seconds) => seconds < MeteringLimits.EndOfTimeSeconds && seconds >= 0
        ? UtcTimestamp.Format(seconds * 1_000)
        : $"second {Text(seconds)}";

    private static string Text(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
