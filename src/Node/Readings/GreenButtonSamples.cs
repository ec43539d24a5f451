using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using EnergyNode.Ledger;
using EnergyNode.Market.Metering;
using EnergyNode.Node.Cli;

namespace EnergyNode.Node.Readings;

/// <summary>
/// Samples of one meter from a Green Button feed: what was delivered is consumption, what was received is generation,
/// both as the grid saw them. Only what needs no estimate is taken: valid quarter-hours of whole Wh.
/// </summary>
internal sealed class GreenButtonSamples
{
    /// <summary>FlowDirectionKind: delivered to the customer.</summary>
    private const long Forward = 1;

    /// <summary>FlowDirectionKind: received from the customer.</summary>
    private const long Reverse = 19;

    private readonly SortedDictionary<long, MeterSample> _delivered = [];
    private readonly SortedDictionary<long, MeterSample> _received = [];
    private readonly MeterId _meter;
    private string? _problem;
    private bool _hasReverse;

    private GreenButtonSamples(MeterId meter)
    {
        _meter = meter;
    }

    /// <param name="file">The name to show in errors.</param>
    /// <param name="stream">The feed.</param>
    /// <param name="meter">The meter of the ledger that it is of.</param>
    /// <exception cref="UnreadableFileException">The file is no Green Button feed, or broken.</exception>
    /// <exception cref="CommandFailedException">It has something that cannot go to the ledger.</exception>
    public static SampleFile Read(string file, Stream stream, MeterId meter)
    {
        GreenButtonSamples samples = new(meter);
        InspectionReport report = GreenButtonInspection.Run(stream, samples.Take);
        string? problem = ProblemOf(report) ?? samples._problem;
        if (problem is null && samples._delivered.Count == 0)
        {
            problem = $"no stream has flowDirection {Forward} (delivered)";
        }

        return problem is null
            ? samples.Join()
            : throw new CommandFailedException(
                ExitCodes.Usage, $"{file}: {problem}; see energynode readings inspect, submit quarter-hours as CSV");
    }

    private static string? ProblemOf(InspectionReport report)
    {
        if (report.Meters > 1)
        {
            return $"the feed has {report.Meters} meters, and --meter names one";
        }

        foreach (ReadingProblem problem in report.Problems.ToList().Where(problem => problem.Rule != ReadingRule.Gap))
        {
            return $"line {problem.Line}: {problem.Text}";
        }

        foreach ((int code, long count) in report.Quality.Where(quality => quality.Key != EspiCodes.QualityValid))
        {
            return $"{count} readings have quality {code}, and only {EspiCodes.QualityValid} (valid) is taken";
        }

        return null;
    }

    private void Take(GreenButtonStream stream, EspiReading reading, ExactEnergy energy)
    {
        long? flow = stream.Type!.FlowDirection;
        if (flow is not (Forward or Reverse))
        {
            _problem ??= $"line {stream.Type.Line}: only flowDirection {Forward} (delivered) and {Reverse} (received) "
                + "can go to the ledger";
        }
        else if (reading.DurationSeconds != MeteringLimits.IntervalSeconds
            || reading.StartSeconds % MeteringLimits.IntervalSeconds != 0)
        {
            _problem ??= $"line {reading.Line}: the interval is no quarter of an hour, and to divide it is to estimate";
        }
        else if (energy.MicroWattHours % ExactEnergy.FromWattHours(1).MicroWattHours != 0)
        {
            _problem ??= string.Create(
                CultureInfo.InvariantCulture, $"line {reading.Line}: {energy} Wh is no whole number of Wh");
        }
        else
        {
            _hasReverse |= flow == Reverse;
            WattHours whole = new((long)(energy.MicroWattHours / ExactEnergy.FromWattHours(1).MicroWattHours));
            MeterSample sample = new(
                reading.Line, Instant.FromSeconds(reading.StartSeconds), _meter, whole, default, default, default);
            if (!(flow == Forward ? _delivered : _received).TryAdd(reading.StartSeconds, sample))
            {
                _problem ??= $"line {reading.Line}: two streams of one direction have the interval";
            }
        }
    }

    /// <summary>An interval that one direction lacks is missing; a feed of one direction received nothing.</summary>
    private SampleFile Join()
    {
        List<MeterSample> samples = [];
        foreach ((long start, MeterSample delivered) in _delivered)
        {
            bool isWhole = _received.TryGetValue(start, out MeterSample received) || !_hasReverse;
            if (!isWhole)
            {
                continue;
            }

            WattHours used = delivered.Consumption;
            WattHours made = received.Consumption;
            samples.Add(delivered with
            {
                Generation = made,
                Import = used > made ? used - made : WattHours.Zero,
                Export = made > used ? made - used : WattHours.Zero,
            });
        }

        return samples.Count > 0
            ? new SampleFile(samples, samples[0].Stamp, samples[^1].Stamp, [_meter])
            : throw new CommandFailedException(
                ExitCodes.Usage, "the feed has no interval with both directions, submit quarter-hours as CSV");
    }
}
