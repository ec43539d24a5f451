using System;
using System.Collections.Generic;

namespace EnergyNode.Market.Metering;

/// <summary>
/// What a validation found. Counts are complete; the lists hold the first
/// <see cref="MeteringLimits.MaxListedFindings"/> of each rule, in the order in which they were found.
/// </summary>
public sealed class ValidationReport
{
    private readonly long[] _quarantineCounts = new long[Enum.GetValues<QuarantineRule>().Length];
    private readonly long[] _flagCounts = new long[Enum.GetValues<FlagRule>().Length];
    private readonly List<Quarantined> _quarantined = [];
    private readonly List<Flag> _flags = [];

    /// <summary>Readings that reached an interval.</summary>
    public long Released { get; private set; }

    public IReadOnlyList<Quarantined> Quarantined => _quarantined;

    public IReadOnlyList<Flag> Flags => _flags;

    public long Count(QuarantineRule rule) => _quarantineCounts[(int)rule];

    public long Count(FlagRule rule) => _flagCounts[(int)rule];

    internal void AddReleased() => Released++;

    internal void Add(QuarantineRule rule, in RawReading reading, string reason)
    {
        if (_quarantineCounts[(int)rule]++ < MeteringLimits.MaxListedFindings)
        {
            _quarantined.Add(new Quarantined(rule, reading.Line, reading.Meter, reading.Start, reason));
        }
    }

    internal void Add(FlagRule rule, in RawReading reading, string reason)
    {
        if (_flagCounts[(int)rule]++ < MeteringLimits.MaxListedFindings)
        {
            _flags.Add(new Flag(rule, reading.Line, reading.Meter, reading.Start, reason));
        }
    }
}
