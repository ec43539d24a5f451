using System.Collections.Generic;
using EnergyNode.Ledger;

namespace EnergyNode.Consensus.Pos;

/// <summary>
/// Everything about the one height in progress (Algorithm 1, L2 to L9). Forgotten when the next begins.
/// </summary>
internal sealed class HeightState
{
    private readonly ValidatorSet _set;
    private readonly IReadOnlyList<ValidatorIndex>? _leaders;

    public HeightState(Height height, ValidatorSet set, IReadOnlyList<ValidatorIndex>? leaders)
    {
        _set = set;
        _leaders = leaders;
        VotingPower power = new(set, QuorumRule.Power);
        Height = height;
        Prevotes = new BallotLog(power);
        Precommits = new BallotLog(power);
        Spoken = new SpokenRounds(power);
        Voted = new SpokenRounds(power);
        Later = new LaterProposals(set.Count);
        Proposer = ProposerRotation.Proposer(set, height, View.Zero, leaders);
    }

    public Height Height { get; }

    public View Round { get; private set; } = View.Zero;

    public RoundStep Step { get; private set; } = RoundStep.Propose;

    /// <summary>Who proposes in <see cref="Round"/>.</summary>
    public ValidatorIndex Proposer { get; private set; }

    /// <summary>The proposal of <see cref="Round"/>, once there is a good one.</summary>
    public AcceptedProposal? Accepted { get; set; }

    public LockedValue? Locked { get; private set; }

    /// <summary>
    /// The highest round in which this node was locked on another block than now; null when it never was.
    /// </summary>
    public View? LeftLock { get; private set; }

    public LockedValue? Valid { get; set; }

    /// <summary>
    /// The highest certificate of prevotes that a peer has sent; it may be of a step not yet reached.
    /// </summary>
    public LockedValue? Polka { get; set; }

    /// <summary>A quorum's precommits; the block or its batches may still be missing.</summary>
    public CommitCertificate? Committed { get; set; }

    /// <summary>What the mempool offered for this height.</summary>
    public IReadOnlyList<Hash32>? Offer { get; set; }

    /// <summary>The mempool has been asked and has not answered.</summary>
    public bool AwaitsOffer { get; set; }

    /// <summary>The timers of <see cref="Round"/> that were started.</summary>
    public List<TimeoutKind> Timers { get; } = new(3);

    /// <summary>The resend timer runs: something is under way.</summary>
    public bool IsResending { get; set; }

    public OwnVotes Own { get; } = new();

    public BallotLog Prevotes { get; }

    public BallotLog Precommits { get; }

    /// <summary>Where the validators are, by all that they say.</summary>
    public SpokenRounds Spoken { get; }

    /// <summary>Where the validators are, by their proposals and votes: these mean that work waits.</summary>
    public SpokenRounds Voted { get; }

    public LaterProposals Later { get; }

    public BlockShelf Blocks { get; } = new();

    /// <summary>A quorum prevoted one block in this round, and its batches are here.</summary>
    public bool CanLock =>
        Step == RoundStep.Prevote && Valid is { } valid && valid.Round == Round && Blocks.IsHeld(valid.Hash)
        && !IsPolkaOfAnother;

    /// <summary>A quorum prevoted one block in this round, and this node another: it does not lock on it.</summary>
    public bool IsPolkaOfAnother =>
        Valid is { } valid && valid.Round == Round && Own.PrevoteIn(Round)?.BlockHash is { } own && own != valid.Hash;

    public void EnterRound(View round)
    {
        // L12, L13
        Round = round;
        Step = RoundStep.Propose;
        Proposer = ProposerRotation.Proposer(_set, Height, round, _leaders);
        Accepted = null;
    }

    public void Shelve(Block block) => Blocks.Add(
        block,
        hash => hash == block.Hash || hash == Locked?.Hash || hash == Valid?.Hash || hash == Polka?.Hash
            || hash == Accepted?.Message.Block.Hash || hash == Committed?.BlockHash);

    /// <summary>Makes a promise, or takes up one of an earlier life; these come in the order of writing.</summary>
    public void Make(RoundPromise promise)
    {
        // POS-15
        if (promise is not RoundPromise.LearntValid && promise.Round > Round)
        {
            EnterRound(promise.Round);
        }

        switch (promise)
        {
            case RoundPromise.Proposed made:
                Accepted = new AcceptedProposal(
                    new ConsensusMessage.Proposal(Height, made.Round, made.Block, made.Valid), null);
                Shelve(made.Block);
                break;
            case RoundPromise.Prevoted made:
                Own.Add(new ConsensusMessage.Prevote(Height, made.Round, made.BlockHash, made.ValidRound));
                Step = RoundStep.Prevote;
                break;
            case RoundPromise.PrecommittedNil made:
                Own.Add(new ConsensusMessage.Precommit(Height, made.Round, null));
                Step = RoundStep.Precommit;
                break;
            case RoundPromise.Locked made:
                Own.Add(new ConsensusMessage.Precommit(Height, made.Round, made.Value.Hash));
                Step = RoundStep.Precommit;
                LeftLock = Locked is { } old && old.Hash != made.Value.Hash ? old.Round : LeftLock;
                Locked = made.Value;
                Valid = made.Value;
                Shelve(made.Value.Block);
                break;
            case RoundPromise.LearntValid made:
                Valid = made.Value;
                Shelve(made.Value.Block);
                break;
        }
    }

    public void WriteTo(BorshWriter writer)
    {
        writer.I64(Height.Value);
        writer.I64(Round.Value);
        writer.Tag((byte)Step);
        writer.Option(Accepted is not null);
        writer.Bytes(Accepted is { } accepted ? Statement.Of(accepted.Message) : []);
        WriteValue(writer, Locked);
        writer.I64(LeftLock?.Value ?? -1);
        WriteValue(writer, Valid);
        WriteValue(writer, Polka);
        writer.Option(Committed is not null);
        Committed?.Encode(writer);
        writer.Bool(Offer is not null);
        writer.Count(Offer?.Count ?? 0);
        foreach (Hash32 batch in Offer ?? [])
        {
            writer.Hash32(batch);
        }

        writer.Bool(AwaitsOffer);
        writer.Bool(IsResending);
        writer.Count(Timers.Count);
        foreach (TimeoutKind kind in Timers)
        {
            writer.Tag((byte)kind);
        }

        Own.WriteTo(writer);
        Prevotes.WriteTo(writer);
        Precommits.WriteTo(writer);
        Spoken.WriteTo(writer);
        Voted.WriteTo(writer);
        Later.WriteTo(writer);
        Blocks.WriteTo(writer);
    }

    private static void WriteValue(BorshWriter writer, LockedValue? value)
    {
        writer.Option(value is not null);
        value?.Certificate.EncodePolka(writer);
    }
}
