using System.Collections.Generic;
using EnergyNode.Ledger;

namespace EnergyNode.Consensus;

/// <summary>Everything that can happen to a consensus machine.</summary>
public abstract record ConsensusInput
{
    private ConsensusInput()
    {
    }

    /// <summary>A vote on the state after a height: all that a machine takes which has ended.</summary>
    internal bool IsCheckpointVote =>
        this is Received { Message.Value.Message: ConsensusMessage.CheckpointVote };

    /// <summary>The node is up. First input of every life.</summary>
    /// <param name="Recovered">The safety records of undecided heights, in the order of their writing.</param>
    public sealed record Started(IReadOnlyList<SafetyRecord> Recovered) : ConsensusInput
    {
        /// <summary>
        /// The last final blocks up to the tip, by rising height, without a gap; as many as the shell has at hand. A
        /// protocol that must recognise a fork below the tip needs them.
        /// </summary>
        public IReadOnlyList<FinalBlock> Below { get; init; } = [];

        /// <summary>What is left at the tip of the doubt whether promises were lost; null when none were.</summary>
        public Doubt? Doubt { get; init; }
    }

    /// <summary>A message whose form and signatures are good; also the machine's own broadcasts, looped back.</summary>
    public sealed record Received(Verified<SignedMessage> Message) : ConsensusInput;

    /// <summary>A timer fired. A stale one is recognised by its identity and ignored.</summary>
    public sealed record TimeoutElapsed(TimeoutId Id) : ConsensusInput;

    /// <summary>Batches wait to be ordered: the answer to <see cref="ConsensusEffect.RequestProposal"/>.</summary>
    /// <param name="Height">The height of the request.</param>
    /// <param name="Batches">
    /// What the mempool would put into a block now, in order. Empty when a due epoch close asks for a block.
    /// </param>
    public sealed record WorkOffered(Height Height, IReadOnlyList<Hash32> Batches) : ConsensusInput;

    /// <summary>All batches of a block are held, with good signatures: the answer to
    /// <see cref="ConsensusEffect.RequestPayload"/>.</summary>
    public sealed record PayloadReady(Hash32 BlockHash) : ConsensusInput;

    /// <summary>A block with the quorum's certificate, from a peer that is ahead.</summary>
    public sealed record Caught(Verified<Decision> Decision) : ConsensusInput;

    /// <summary>The ledger executed a final block.</summary>
    /// <param name="Next">The validator set of the next height.</param>
    public sealed record Applied(Height Height, Hash32 StateRoot, Hash32 ReceiptsRoot, ValidatorSet Next)
        : ConsensusInput
    {
        /// <summary>
        /// The last height that this protocol decides, once the ledger knows it; null for none. When that is executed,
        /// the machine ends: it still counts votes on the last states, and does nothing else (SWITCH-5).
        /// </summary>
        public Height? LastHeight { get; init; }

        /// <summary>
        /// The first height of a set that is decided and is not the next one: nothing is proposed or accepted
        /// there before the block below it is executed. Null when none is decided.
        /// </summary>
        public Height? Border { get; init; }
    }

    /// <summary>
    /// A batch that waits here was left out of block after block of one proposer, for too long. Only a protocol whose
    /// leaders stay has something to do about it.
    /// </summary>
    public sealed record PassedOver(PublicKey Proposer) : ConsensusInput;

    /// <summary>The miner found the nonce that <see cref="ConsensusEffect.Mine"/> asked for.</summary>
    public sealed record WorkFound(Hash32 BlockHash, ulong Nonce) : ConsensusInput;
}
