using System.Collections.Generic;
using EnergyNode.Ledger;

namespace EnergyNode.Consensus;

/// <summary>Everything that a consensus machine can ask of its shell, to be done in the order given.</summary>
public abstract record ConsensusEffect
{
    private ConsensusEffect()
    {
    }

    /// <summary>A barrier: no later effect happens before the record is durable.</summary>
    public sealed record Persist(SafetyRecord Record) : ConsensusEffect;

    /// <summary>Sign, send to all other validators, and loop back as <see cref="ConsensusInput.Received"/>.</summary>
    public sealed record Broadcast(ConsensusMessage Message) : ConsensusEffect;

    /// <summary>Sign and send to one validator. Never used for the machine itself.</summary>
    public sealed record Send(ValidatorIndex To, ConsensusMessage Message) : ConsensusEffect;

    /// <summary>Send somebody else's signed message as it is to one validator.</summary>
    public sealed record Relay(ValidatorIndex To, SignedMessage Message) : ConsensusEffect;

    /// <summary><see cref="ConsensusInput.TimeoutElapsed"/> after a delay; replaces one of equal kind.</summary>
    public sealed record SetTimeout(TimeoutId Id, Duration Delay) : ConsensusEffect;

    public sealed record CancelTimeout(TimeoutKind Kind) : ConsensusEffect;

    /// <summary>Ask the mempool for work: it answers as soon as something waits, once per request.</summary>
    public sealed record RequestProposal(Height Height) : ConsensusEffect
    {
        /// <summary>Batches of blocks below that are not executed yet: not to be offered again.</summary>
        public IReadOnlyList<Hash32> Taken { get; init; } = [];

        /// <summary>Blocks below are not executed: one of them may do what is due, such as a close.</summary>
        public bool IsAboveOthers { get; init; }
    }

    /// <summary>Make sure that all batches of the block are held (pull the missing ones), then say so.</summary>
    /// <param name="From">Who should have them.</param>
    public sealed record RequestPayload(Block Block, ValidatorIndex From) : ConsensusEffect;

    /// <summary>The block is decided for good: journal it, then execute it.</summary>
    public sealed record Finalize(Decision Decision) : ConsensusEffect;

    /// <summary>A quorum signed the state after a height: keep it.</summary>
    public sealed record Checkpointed(CheckpointCertificate Certificate) : ConsensusEffect;

    /// <summary>A peer showed that it is ahead: fetch decided blocks from it, from the given height on.</summary>
    public sealed record CatchUp(ValidatorIndex Peer, Height From) : ConsensusEffect
    {
        /// <summary>Heights that are final here: only to compare the peer's chain with the own one.</summary>
        public bool IsComparison { get; init; }
    }

    /// <summary>A quorum's state differs from this node's: it must stop with a report.</summary>
    public sealed record Diverged(Height Height, Hash32 OwnStateRoot, Hash32 QuorumStateRoot) : ConsensusEffect;

    /// <summary>
    /// Look for a nonce of this block and answer with <see cref="ConsensusInput.WorkFound"/>. Replaces what was asked
    /// before.
    /// </summary>
    public sealed record Mine(Hash32 BlockHash, Difficulty Difficulty) : ConsensusEffect;

    /// <summary>There is nothing to mine.</summary>
    public sealed record CancelMining : ConsensusEffect;

    /// <summary>The heaviest chain ends elsewhere now. For people: nothing of it is final.</summary>
    /// <param name="Undone">Blocks of the former chain that are not part of it.</param>
    public sealed record HeadChanged(Height Height, Hash32 BlockHash, int Undone) : ConsensusEffect;

    /// <summary>
    /// A chain with more work leaves the own one below blocks that are final here. Nothing is rewritten: the node must
    /// stop with a report.
    /// </summary>
    /// <param name="Ancestor">The highest block that both have.</param>
    /// <param name="Final">The highest final block here.</param>
    /// <param name="OtherBlock">The other chain's block above the ancestor.</param>
    public sealed record DeepFork(Height Ancestor, Height Final, Hash32 OtherBlock) : ConsensusEffect;
}
