using System;
using System.Collections.Generic;
using EnergyNode.Actors.Ports;
using EnergyNode.Consensus;
using EnergyNode.Ledger;

namespace EnergyNode.Simulation;

/// <summary>
/// Two lives: honest towards one part of the others, and towards the far part a voice that says after them whatever
/// they say, so that they decide another block.
/// </summary>
internal sealed class ForkLie(Conspiracy plot) : Lie
{
    private readonly HashSet<Hash32> _said = [];
    private readonly ForkPlan _plan = plot.Plan;

    public override void Leaves(Departure frame, Liar liar)
    {
        if (!_plan.Far.Contains(frame.To))
        {
            Begin(frame.Message, liar);
            Keep(frame.Message, liar);
            return;
        }

        if (frame.Message is { } signed)
        {
            Begin(signed, liar);
            if (plot.From is { } from && signed.Message.Height >= from)
            {
                Split(frame, signed.Message, from, liar);
            }
        }
        else
        {
            frame.IsDropped = plot.From is { } begun && !IsNeutral(frame.Kind, frame.Payload, begun);
        }
    }

    public override bool Arrives(FrameReceived frame, Liar liar)
    {
        if (plot.From is not { } from || liar.Validators.IndexOf(frame.Peer) is not { } peer
            || !_plan.Far.Contains(peer.Value))
        {
            return true;
        }

        if (frame.Kind != FrameKind.Consensus)
        {
            return IsNeutral(frame.Kind, frame.Payload, from);
        }

        if (SignedMessage.Decode(frame.Payload.Span)?.Message is not { } message
            || message.Height < Lowest(message, from))
        {
            return true;
        }

        SayAfter(message, liar);
        return false;
    }

    /// <summary>Who gives up a view may not know yet that the heights just below the fork are decided.</summary>
    private static Height Lowest(ConsensusMessage message, Height from) =>
        message is ConsensusMessage.ViewChange
            ? new Height(Math.Max(1, from.Value - Ledger.Limits.MaxConsensusWindow))
            : from;

    /// <summary>The first liar that leads high enough begins.</summary>
    private void Begin(SignedMessage? signed, Liar liar)
    {
        if (plot.From is null && signed?.Sender.Value == liar.Index && signed.Message.Height >= _plan.NotBefore
            && signed.Message.IsProposal(out View view, out _) && signed.Message.IsFresh())
        {
            plot.BeginWithTwin(signed.Message.Height, view, liar.Validators);
        }
    }

    /// <summary>Liars that precommit with the others forget it in the rounds above.</summary>
    private void Keep(SignedMessage? signed, Liar liar)
    {
        if (_plan.IsLater && signed?.Sender.Value == liar.Index
            && signed.Message is ConsensusMessage.Precommit { BlockHash: not null } vote && vote.Height == plot.From)
        {
            plot.BeginAbove(vote.Round, liar.Validators);
        }
    }

    /// <summary>The far ones get the twin of the first proposal, and nothing else of what the others get.</summary>
    private void Split(Departure frame, ConsensusMessage message, Height from, Liar liar)
    {
        bool isFirst = !_plan.IsLater && message.Height == from && frame.Message!.Sender.Value == liar.Index
            && message.IsFresh();
        if (isFirst && message.IsProposal(out _, out Block block))
        {
            frame.Payload = liar.Sign(message.With(block.Twin()));
        }
        else
        {
            frame.IsDropped = true;
        }
    }

    private void SayAfter(ConsensusMessage message, Liar liar)
    {
        switch (message)
        {
            case ConsensusMessage.PrePrepare m:
                Back(new ConsensusMessage.Prepare(m.Height, m.View, m.Block.Hash), liar);
                Back(new ConsensusMessage.Commit(m.Height, m.View, m.Block.Hash), liar);
                break;
            case ConsensusMessage.Prepare m:
                Back(m, liar);
                Back(new ConsensusMessage.Commit(m.Height, m.View, m.BlockHash), liar);
                break;
            case ConsensusMessage.ViewChange m:
                Back(m with { Prepared = [] }, liar);
                break;
            case ConsensusMessage.Proposal m:
                Vote(new ConsensusMessage.Prevote(m.Height, m.Round, m.Block.Hash, m.Valid?.View), liar);
                break;
            case ConsensusMessage.Prevote { BlockHash: not null } m:
                Vote(m, liar);
                break;
            case ConsensusMessage.Prevote m:
                Push(m.Height, m.Round, liar);
                break;
            case ConsensusMessage.Precommit m when !plot.Precommits(m.Height, m.Round):
                Push(m.Height, m.Round, liar);
                break;
            case ConsensusMessage.Status m when plot.First is { } first && m.View < first:
                Lift(m.Height, first, liar);
                break;
        }
    }

    private void Vote(ConsensusMessage.Prevote vote, Liar liar)
    {
        if (plot.Prevotes(vote.Height, vote.Round))
        {
            Back(vote, liar);
        }

        if (plot.Precommits(vote.Height, vote.Round))
        {
            Back(new ConsensusMessage.Precommit(vote.Height, vote.Round, vote.BlockHash), liar);
        }
    }

    /// <summary>Nothing comes of this round among the far ones.</summary>
    private void Push(Height height, View round, Liar liar)
    {
        if (plot.First is { } first && height == plot.From)
        {
            Lift(height, round < first ? first : plot.NextLedByFar(round, liar.Validators), liar);
        }
    }

    /// <summary>
    /// More than a third claim to be in a round, so that the far ones follow (POS-12) without a vote of a liar.
    /// </summary>
    private void Lift(Height height, View round, Liar liar)
    {
        if (_plan.IsOverViews && height == plot.From)
        {
            Back(new ConsensusMessage.Status(height, round, Height.Genesis), liar);
        }
    }

    private void Back(ConsensusMessage message, Liar liar)
    {
        byte[] bytes = liar.Sign(message);
        if (_said.Add(Hash32.Of(bytes)))
        {
            foreach (int far in _plan.Far)
            {
                liar.Send(far, FrameKind.Consensus, bytes);
            }
        }
    }

    /// <summary>Says nothing of what is voted or decided from the fork on.</summary>
    private static bool IsNeutral(FrameKind kind, ReadOnlyMemory<byte> payload, Height from) => kind switch
    {
        FrameKind.VoteDigests or FrameKind.VoteRequest or FrameKind.Votes => false,
        FrameKind.Blocks => HighestOf(payload.Span) < from,
        _ => true,
    };

    private static Height HighestOf(ReadOnlySpan<byte> blocks)
    {
        BorshReader reader = new(blocks);
        reader.Version(1);
        long first = reader.I64(1, long.MaxValue - Actors.Limits.MaxBlocksPerRequest);
        return new Height(first + reader.Count(Actors.Limits.MaxBlocksPerRequest, 1));
    }
}
