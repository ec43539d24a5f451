using System;
using EnergyNode.Ledger;

namespace EnergyNode.Consensus.Pow;

/// <summary>
/// Weighs a peer's final chain against the own one: goes down until both have the same block, then up block by block,
/// checking every difficulty, so that nobody can frighten this node with work that was not done.
/// </summary>
internal sealed class ForkProbe(WorkParameters work, FinalChain finals, ValidatorIndex peer, Height final)
{
    private long _span = work.Depth;
    private FinalBlock? _at;

    public ValidatorIndex Peer => peer;

    /// <summary>The height to ask for next.</summary>
    public Height From { get; private set; } = Below(final, work.Depth, finals.Lowest);

    /// <summary>The highest block that both chains have, once it is known.</summary>
    public Height? Ancestor { get; private set; }

    /// <summary>The other chain's block above the ancestor.</summary>
    public Hash32 FirstOther { get; private set; }

    /// <summary>The work of the other chain above the ancestor, as far as it was seen.</summary>
    public UInt128 Work { get; private set; }

    /// <summary>It has nothing more to learn: the chains contradict the rules, or the fork is out of reach.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Times that it was asked again without an answer.</summary>
    public int Unanswered { get; set; }

    /// <summary>Takes the peer's next final block.</summary>
    public void Take(Decision decision)
    {
        // W14
        FinalBlock block = FinalBlock.Of(decision);
        if (IsOver || block.Height != From)
        {
            return;
        }

        Unanswered = 0;
        if (finals.Find(block.Height) is { } own && own.Hash == block.Hash)
        {
            Settle(block);
        }
        else if (_at is null && finals.Find(Previous(block.Height)) is { } below
            && below.Hash == decision.Block.Header.Parent)
        {
            Settle(below);
            Climb(decision, block);
        }
        else if (_at is null)
        {
            Descend();
        }
        else
        {
            Climb(decision, block);
        }
    }

    /// <summary>The work of the headers above a block that was just taken.</summary>
    public static UInt128 WorkAbove(Decision decision)
    {
        UInt128 sum = 0;
        foreach (SealedHeader above in ((WorkCertificate)decision.Certificate).Above)
        {
            sum += (UInt128)above.Seal.Difficulty.Hashes;
        }

        return sum;
    }

    private void Settle(FinalBlock common)
    {
        _at = common;
        Ancestor = common.Height;
        Work = 0;
        From = common.Height.Next;
    }

    private void Climb(Decision decision, FinalBlock block)
    {
        bool follows = _at is { } below && decision.Block.Header.Parent == below.Hash && block.Time > below.Time
            && DifficultyRule.After(work, below, block.Time) == block.Difficulty;
        if (!follows)
        {
            IsOver = true;
            return;
        }

        FirstOther = Work == 0 ? block.Hash : FirstOther;
        Work += (UInt128)block.Difficulty!.Value.Hashes;
        _at = block;
        From = block.Height.Next;
    }

    private void Descend()
    {
        if (From.Value <= finals.Lowest.Value + 1)
        {
            IsOver = true;
            return;
        }

        _span *= 2;
        From = Below(From, _span, finals.Lowest);
    }

    private static Height Previous(Height height) => new(height.Value - 1);

    private static Height Below(Height height, long span, Height lowest) =>
        new(Math.Max(Math.Max(lowest.Value + 1, 1), height.Value - span));
}
