using System.Collections.Generic;
using System.Linq;
using EnergyNode.Market.Metering;

namespace EnergyNode.Node.Readings;

/// <summary>What a check found in all meters of a file.</summary>
internal sealed class CheckReport
{
    private readonly SortedDictionary<VeeRule, long> _counts = [];
    private readonly List<VeeFinding> _findings = [];

    /// <summary>Every rule that found something, in the order of their numbers.</summary>
    public IReadOnlyDictionary<VeeRule, long> Counts => _counts;

    /// <summary>The first <see cref="MeteringLimits.MaxListedFindings"/> of each rule, by meter.</summary>
    public IReadOnlyList<VeeFinding> Findings => _findings;

    public SortedDictionary<int, long> Qualities { get; } = [];

    /// <summary>Intervals without any value.</summary>
    public long Missing { get; private set; }

    public bool IsGood => _counts.Count == 0;

    public void Add(VeeResult result)
    {
        Dictionary<VeeRule, long> before = new(_counts);
        foreach (VeeFinding finding in result.Findings)
        {
            _counts[finding.Rule] = before.GetValueOrDefault(finding.Rule) + result.Count(finding.Rule);
        }

        foreach (IGrouping<VeeRule, VeeFinding> rule in result.Findings.GroupBy(static finding => finding.Rule))
        {
            long room = MeteringLimits.MaxListedFindings - before.GetValueOrDefault(rule.Key);
            _findings.AddRange(rule.Take((int)long.Max(0, room)));
        }

        foreach ((ReadingQuality quality, long count) in result.Qualities)
        {
            Qualities[(int)quality] = Qualities.GetValueOrDefault((int)quality) + count;
        }

        Missing += result.Intervals.Count(static interval => interval is VeeInterval.Missing);
    }
}
