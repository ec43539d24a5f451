using System;
using System.Collections.Generic;
using System.Linq;
using EnergyNode.Ledger;
using EnergyNode.Market.Metering;
using EnergyNode.Node.Readings;

namespace EnergyNode.Node.Oracle;

/// <summary>
/// What a meter has delivered lately, against which its next reading is held. Empty after a start: the rules that look
/// at a neighbourhood are blind until there is one.
/// </summary>
internal sealed class MeterHistory(MeterConnection connection)
{
    private const long StepMicros = MeteringLimits.IntervalSeconds * Instant.MicrosPerSecond;
    private const long ContextMicros = OracleLimits.ContextIntervals * StepMicros;
    private const long KeptMicros = ContextMicros + (OracleLimits.MaxAheadEpochs * StepMicros);

    private readonly List<MeterSample> _samples = [];

    /// <param name="sample">Of this meter.</param>
    /// <param name="problem">Which rules refute it, when null is returned.</param>
    public MeasuredReading? Judge(in MeterSample sample, out string problem)
    {
        Instant start = VeeEngine.IntervalOf(sample.Stamp);
        List<MeterSample> context =
        [
            .. _samples.Where(other => Distance(other, start) is > 0 and <= ContextMicros), sample,
        ];
        Instant first = context.Min(static other => VeeEngine.IntervalOf(other.Stamp));
        Instant last = context.Max(static other => VeeEngine.IntervalOf(other.Stamp));
        VeeResult result = VeeEngine.Run(connection, context, first, last, new VeeSettings());
        if (result.Intervals[(int)(start.Since(first).Micros / StepMicros)] is not VeeInterval.Measured measured)
        {
            IEnumerable<string> reasons = result.Findings
                .Where(finding => finding.Start == start && finding.Rule != VeeRule.OutOfOrder)
                .Select(static finding => $"{VeeRuleName.Of(finding.Rule)}: {finding.Reason}");
            problem = string.Join("; ", reasons);
            return null;
        }

        _samples.RemoveAll(other => Distance(other, start) is 0 or > KeptMicros);
        _samples.Add(sample);
        problem = "";
        return measured.Reading;
    }

    private static long Distance(in MeterSample sample, Instant start) =>
        Math.Abs(VeeEngine.IntervalOf(sample.Stamp).Since(start).Micros);
}
