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
    NodeTimings Timings);
