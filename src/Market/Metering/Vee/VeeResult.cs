using System;
using System.Collections.Generic;
using EnergyNode.Ledger;

namespace EnergyNode.Market.Metering;

/// <summary>
/// One meter after validation and estimation. Counts are complete; the list holds the first
/// <see cref="MeteringLimits.MaxListedFindings"/> findings of each rule.
/// </summary>
public sealed class VeeResult
{
    private readonly long[] _counts = new long[Enum.GetValues<VeeRule>().Length + 1];
    private readonly List<VeeFinding> _findings = [];
    private readonly SortedDictionary<ReadingQuality, long> _qualities = [];

    internal VeeResult(MeterId meter)
    {
        Meter = meter;
    }

    public MeterId Meter { get; }

    /// <summary>By rule, then in the order of time (out of order and duplicate: of arrival).</summary>
    public IReadOnlyList<VeeFinding> Findings => _findings;

    /// <summary>Every interval, in the order of time.</summary>
    public IReadOnlyList<VeeInterval> Intervals { get; internal set; } = [];

    /// <summary>How many intervals carry each quality; those without any value are not among them.</summary>
    public IReadOnlyDictionary<ReadingQuality, long> Qualities => _qualities;

    public long Count(VeeRule rule) => _counts[(int)rule];

    internal void Add(VeeFinding finding)
    {
        if (_counts[(int)finding.Rule]++ < MeteringLimits.MaxListedFindings)
        {
            _findings.Add(finding);
        }
    }

    internal void Add(ReadingQuality quality) =>
        _qualities[quality] = (_qualities.TryGetValue(quality, out long before) ? before : 0) + 1;
}
