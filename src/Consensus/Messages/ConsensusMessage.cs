using EnergyNode.Ledger;

namespace EnergyNode.Consensus;

/// <summary>
/// Everything that validators say to each other about the order of blocks. What its sender signs is its *statement*
/// (a few dozen bytes, see docs/spec/consensus-wire.md); blocks and certificates travel beside it, bound by hashes or
/// by signatures of their own.
/// </summary>
public abstract record ConsensusMessage
{
    private ConsensusMessage(Height height) => Height = height;

    /// <summary>What is spoken about, from 1.</summary>
    public Height Height { get; }

    /// <summary>The leader of a view proposes a block. Statement: height, view, block hash.</summary>
    /// <param name="Justification">Why this block may be proposed in this view; null in view 0 only.</param>
    public sealed record PrePrepare(Height Height, View View, Block Block, NewView? Justification)
        : ConsensusMessage(Height);

    /// <summary>"I accept this block in this view and hold its batches." Leaders say so of their own, too.</summary>
    public sealed record Prepare(Height Height, View View, Hash32 BlockHash) : ConsensusMessage(Height);

    /// <summary>"I hold a quorum's prepares for this block in this view."</summary>
    public sealed record Commit(Height Height, View View, Hash32 BlockHash) : ConsensusMessage(Height);

    /// <summary>"I take no part in lower views any more." Statement: height, new view, what was prepared.</summary>
    /// <param name="NewView">From 1.</param>
    /// <param name="Prepared">The certificate of the highest view in which the sender prepared a block.</param>
    /// <param name="Block">The block of that certificate; null if and only if that is.</param>
    public sealed record ViewChange(Height Height, View NewView, PreparedCertificate? Prepared, Block? Block)
        : ConsensusMessage(Height);

    /// <summary>"I work at this height and view." A request for help, an offer of it, or an answer to either.</summary>
    /// <param name="Certified">The highest checkpoint of which the sender holds a certificate; 0 for none.</param>
    public sealed record Status(Height Height, View View, Height Certified) : ConsensusMessage(Height);

    /// <summary>"This is the state after this height."</summary>
    /// <param name="NextValidators">Hash of the validator set of the next height.</param>
    public sealed record CheckpointVote(Height Height, Hash32 StateRoot, Hash32 ReceiptsRoot, Hash32 NextValidators)
        : ConsensusMessage(Height);

    /// <summary>The proposer of a round proposes a block. Statement: height, round, block hash, valid round.</summary>
    /// <param name="Valid">The block's prevotes of an earlier round; null for a fresh block.</param>
    public sealed record Proposal(Height Height, View Round, Block Block, PreparedCertificate? Valid)
        : ConsensusMessage(Height);

    /// <summary>
    /// "I accept this block in this round and hold its batches", or, without a hash, "I accept none."
    /// </summary>
    public sealed record Prevote(Height Height, View Round, Hash32? BlockHash) : ConsensusMessage(Height);

    /// <summary>"I hold a quorum's prevotes for this block in this round", or, without a hash, "I do not."</summary>
    public sealed record Precommit(Height Height, View Round, Hash32? BlockHash) : ConsensusMessage(Height);

    /// <summary>
    /// A quorum prevoted this block: for who missed some of these votes. Statement: height, round, hash.
    /// </summary>
    /// <param name="Block">The block of that certificate.</param>
    public sealed record Polka(PreparedCertificate Certificate, Block Block) : ConsensusMessage(Certificate.Height);

    /// <summary>
    /// "I mined this block." Signed by the block's proposer; anyone may pass it on. Statement: height, hash,
    /// difficulty, nonce.
    /// </summary>
    public sealed record Mined(Height Height, Block Block, Difficulty Difficulty, ulong Nonce)
        : ConsensusMessage(Height);

    /// <summary>"I mine this height, on this block."</summary>
    /// <param name="Parent">The highest block of the sender's heaviest chain; the genesis hash at height 1.</param>
    public sealed record Tip(Height Height, Hash32 Parent) : ConsensusMessage(Height);

    /// <summary>"Send me this block of your heaviest chain and those below it that are not final."</summary>
    /// <param name="Above">The asker's last final height: blocks up to it are not wanted.</param>
    public sealed record WantBranch(Height Height, Hash32 BlockHash, Height Above) : ConsensusMessage(Height);
}
