using System;
using System.Globalization;

namespace EnergyNode.Ledger;

/// <summary>How many hashes a proof of work takes on average: 1 … <see cref="Limits.MaxDifficulty"/>.</summary>
public readonly record struct Difficulty(long Hashes) : IComparable<Difficulty>
{
    public int CompareTo(Difficulty other) => Hashes.CompareTo(other.Hashes);

    public override string ToString() => Hashes.ToString(CultureInfo.InvariantCulture);
}
