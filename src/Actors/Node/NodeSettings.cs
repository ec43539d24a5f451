using System;
using EnergyNode.Consensus;
using EnergyNode.Ledger;

namespace EnergyNode.Actors.Node;

/// <summary>What a node's actors are told at start.</summary>
/// <param name="CreateConsensus">Makes the protocol's machine when the chain's head is known.</param>
public sealed record NodeSettings(
    GenesisBlock Genesis,
    Func<ChainHead, IConsensus> CreateConsensus,
    MempoolLimits Mempool,
    NodeTimings Timings)
{
    /// <summary>
    /// Another journal may have been used with this node's key, in this life of it or an earlier one: the node finds
    /// out what it may have promised there before it votes (R26). The same for each start with one journal.
    /// </summary>
    public bool MayHaveForgotten { get; init; }
}
