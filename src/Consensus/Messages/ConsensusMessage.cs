using System.Collections.Generic;
using System.Linq;
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
    public sealed record PrePrepare(Height Height, View View, Block Block) : ConsensusMessage(Height);

    /// <summary>"I accept this block in this view and hold its batches." Leaders say so of their own, too.</summary>
    public sealed record Prepare(Height Height, View View, Hash32 BlockHash) : ConsensusMessage(Height);

    /// <summary>"I hold a quorum's prepares for this block in this view."</summary>
    public sealed record Commit(Height Height, View View, Hash32 BlockHash) : ConsensusMessage(Height);

    /// <summary>
    /// "I take no part in lower views any more." Statement: first undecided height, new view, and for each height from
    /// that one on what was prepared there.
    /// </summary>
    /// <param name="Height">The first height that the sender does not know to be decided.</param>
    /// <param name="NewView">From 1.</param>
    /// <param name="Prepared">
    /// For each height from that one on the block of the highest view in which the sender prepared one; the last one is
    /// not null.
    /// </param>
    /// <param name="Decided">Certificates of the last decided heights, rising without a gap.</param>
    public sealed record ViewChange(
        Height Height,
        View NewView,
        IReadOnlyList<PreparedBlock?> Prepared,
        IReadOnlyList<CommitCertificate> Decided)
        : ConsensusMessage(Height)
    {
        /// <summary>What the statement says of <see cref="Prepared"/>.</summary>
        public IReadOnlyList<PreparedClaim?> Claims => [.. Prepared.Select(block => block?.Claim)];
    }

    /// <summary>
    /// The leader of a view opens it, and proposes again what may have been decided in lower views. Statement: first
    /// undecided height, view, hashes of the blocks.
    /// </summary>
    /// <param name="View">From 1.</param>
    public sealed record OpenView(Height Height, View View, NewViewProof Proof) : ConsensusMessage(Height);

    /// <summary>
    /// A quorum committed this block: for who missed some of these votes. Statement: height, view, hash.
    /// </summary>
    public sealed record Committed(CommitCertificate Certificate) : ConsensusMessage(Certificate.Height);

    /// <summary>"I work at this height and view." A request for help, an offer of it, or an answer to either.</summary>
    /// <param name="Certified">The highest checkpoint of which the sender holds a certificate; 0 for none.</param>
    public sealed record Status(Height Height, View View, Height Certified) : ConsensusMessage(Height)
    {
        /// <summary>The sender knows of no earlier life of its own, and has not voted.</summary>
        public bool IsBlank { get; init; }

        /// <summary>The sender does not know the new view of its view, and needs it.</summary>
        public bool LacksNewView { get; init; }
    }

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
    /// <param name="ValidRound">
    /// The valid round of the proposal that is accepted, below <paramref name="Round"/>; null for a fresh block and for
    /// none. Votes that differ in it do not add up (docs/spec/pos.md, POS-26).
    /// </param>
    public sealed record Prevote(Height Height, View Round, Hash32? BlockHash, View? ValidRound = null)
        : ConsensusMessage(Height);

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
