using System;

namespace EnergyNode.Ledger;

/// <summary>The place of an unbonding in the queue: by time of release, then by number.</summary>
public readonly record struct UnbondingKey(Instant Release, long Number) : IComparable<UnbondingKey>
{
    public int CompareTo(UnbondingKey other)
    {
        int byTime = Release.CompareTo(other.Release);
        return byTime != 0 ? byTime : Number.CompareTo(other.Number);
    }
}
