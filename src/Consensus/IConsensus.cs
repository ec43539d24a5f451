using System.Collections.Generic;
using EnergyNode.Ledger;

namespace EnergyNode.Consensus;

/// <summary>A consensus protocol as a single-threaded state machine: one input in, a list of effects out.</summary>
public interface IConsensus
{
    ConsensusStatus Status { get; }

    /// <param name="input">What happened.</param>
    /// <param name="now">The caller's wall clock.</param>
    /// <param name="effects">Appended to, in the order in which the effects must happen.</param>
    void Step(ConsensusInput input, Instant now, List<ConsensusEffect> effects);

    /// <summary>Equal digests mean interchangeable replicas.</summary>
    Hash32 Digest();
}
