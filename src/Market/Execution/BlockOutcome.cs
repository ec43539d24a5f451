using System.Collections.Generic;
using EnergyNode.Ledger;

namespace EnergyNode.Market.Execution;

/// <summary>The result of executing one block: the same on every node, bit for bit.</summary>
public sealed record BlockOutcome(
    Height Height, Hash32 StateRoot, Hash32 ReceiptsRoot, IReadOnlyList<BatchOutcome> Batches)
{
    /// <summary>What this block proved of validators, in the order of its batches.</summary>
    public IReadOnlyList<Offence> Offences { get; init; } = [];
}
