using System;
using System.Globalization;

namespace EnergyNode.Ledger;

/// <summary>The number of a proposal: 1, 2, 3 … in the order of proposing.</summary>
public readonly record struct ProposalId(long Value) : IComparable<ProposalId>
{
    public int CompareTo(ProposalId other) => Value.CompareTo(other.Value);

    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
