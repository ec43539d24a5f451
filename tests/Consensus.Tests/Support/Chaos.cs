using System.Linq;
using EnergyNode.Ledger;

namespace EnergyNode.Consensus.Tests.Support;

/// <summary>What a simulated run does to its validators.</summary>
internal sealed record Chaos(
    int Validators, int Liars, int LossPercent, int DuplicatePercent, int Crashes, int Batches, int Grudges = 8)
{
    public ConsensusProtocol Protocol { get; init; } = ConsensusProtocol.Pbft;

    /// <summary>An honest validator loses its storage.</summary>
    public bool Wipes { get; init; }

    /// <summary>The shells do not know that the chain is new: empty storage may have been lost.</summary>
    public bool Blank { get; init; }

    /// <summary>Heights that PBFT has in flight.</summary>
    public int Window { get; init; } = GenesisBlock.DefaultConsensusWindow;

    /// <summary>What each validator has at stake; the liars together always hold less than a third.</summary>
    public long[] Powers { get; init; } = [.. Enumerable.Repeat(1L, Validators)];

    /// <summary>Nodes without a vote, after the validators.</summary>
    public int Observers { get; init; }

    /// <summary>Virtual milliseconds until everything heals.</summary>
    public const long HealsAt = 3_000;

    /// <summary>Virtual milliseconds that the healed network has to decide everything.</summary>
    public const long Patience = 60_000;
}
