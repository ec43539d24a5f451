using System;

namespace EnergyNode.Node.Configuration;

/// <summary>What each node decides for itself in consensus; what all must share is in the genesis file.</summary>
/// <param name="ViewTimeout">How long a view may take before this node asks for the next.</param>
/// <param name="ViewTimeoutCap">The most that repeated view changes raise it to.</param>
/// <param name="MaxBatchesPerBlock">Batches in a block that this node proposes.</param>
/// <param name="MaxBlockBytes">Bytes of the batches in a block that this node proposes.</param>
/// <param name="MinerThreads">Threads that mine, under proof of work.</param>
public sealed record ConsensusOptions(
    TimeSpan ViewTimeout, TimeSpan ViewTimeoutCap, int MaxBatchesPerBlock, long MaxBlockBytes, int MinerThreads);
