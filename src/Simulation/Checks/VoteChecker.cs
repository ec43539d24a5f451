using System;
using System.Collections.Generic;
using EnergyNode.Actors.Ports;
using EnergyNode.Consensus;
using EnergyNode.Ledger;

namespace EnergyNode.Simulation;

/// <summary>
/// Watches what one validator signs, over all of its lives: no two votes that exclude each other, no vote in a view
/// that it left, no lock that is forgotten, and nothing that is not durable first.
/// </summary>
/// <param name="chain">Knows who decides a height: a sender's number counts in that set, and so do views.</param>
/// <param name="polkas">Of all nodes.</param>
/// <param name="window">Heights in flight under PBFT.</param>
internal sealed class VoteChecker(
    PublicKey self,
    ChainChecker chain,
    PolkaLog polkas,
    string name,
    ViolationLog log,
    SharedVerifications shared,
    int window)
{
    private const long HeightsRemembered = 512;

    private readonly HashSet<SafetyPromise> _durable = [];
    private readonly Dictionary<(byte Tag, long Height, int View), Hash32> _votes = [];
    private readonly LockChecker _locks = new(self, polkas, name, log);
    private readonly Dictionary<long, int> _locked = [];
    private readonly Dictionary<Height, (int View, long Height)> _left = [];
    private readonly List<(Height Since, int View, long Height)> _forgotten = [];
    private ReadOnlyMemory<byte> _last;
    private long _forgetAt = HeightsRemembered;

    public void OnDurable(JournalRecord record)
    {
        SafetyPromise promise = SafetyPromise.Read(record);
        _durable.Add(promise);
        if (promise.Height > _forgetAt)
        {
            Forget(promise.Height - HeightsRemembered);
            _forgetAt = promise.Height + HeightsRemembered;
        }
    }

    /// <summary>
    /// Its disk is gone. That it left a view binds it no more where what it said then is stale for everybody (R26): a
    /// new view with it begins at most a window above the height that it named, and whoever is a window further
    /// refuses it.
    /// </summary>
    public void OnLost()
    {
        foreach ((Height since, (int view, long height)) in _left)
        {
            _forgotten.Add((since, view, height));
        }

        _left.Clear();

        // A block that it mined may come back from others, and is passed on: that promises nothing.
        _durable.RemoveWhere(static promise => promise.Tag != SafetyPromise.Mined);
    }

    /// <param name="wire">A consensus frame that the node sends; others' messages, relayed, are not its votes.</param>
    public void OnSent(ReadOnlyMemory<byte> wire)
    {
        if (wire.Equals(_last))
        {
            return;
        }

        _last = wire;
        if (shared.Decode(wire) is not { } message)
        {
            log.Add(ViolationKind.Validity, $"{name} sends what is no consensus message");
            return;
        }

        if (chain.SetOf(message.Message.Height).IndexOf(self) == message.Sender)
        {
            OnVote(message.Message);
        }
    }

    /// <summary>
    /// Nobody votes on heights so far back any more. A mined block may be shown at any time, and who leaves a view
    /// promises so from the first height of the set on.
    /// </summary>
    private void Forget(long below)
    {
        _durable.RemoveWhere(promise => promise.Height < below
            && promise.Tag is not (SafetyPromise.Mined or SafetyPromise.ViewChange));
        foreach ((byte Tag, long Height, int View) slot in _votes.Keys)
        {
            if (slot.Height < below && slot.Tag != byte.MaxValue)
            {
                _votes.Remove(slot);
            }
        }
    }

    private void OnVote(ConsensusMessage message)
    {
        long height = message.Height.Value;
        switch (message)
        {
            case ConsensusMessage.PrePrepare m:
                Vote(new SafetyPromise(SafetyPromise.Proposal, height, m.View.Value, m.Block.Hash));
                break;
            case ConsensusMessage.Prepare m:
                Vote(new SafetyPromise(SafetyPromise.Prepare, height, m.View.Value, m.BlockHash));
                break;
            case ConsensusMessage.Commit m:
                Vote(new SafetyPromise(SafetyPromise.Commit, height, m.View.Value, m.BlockHash));
                _locked[height] = Math.Max(m.View.Value, _locked.GetValueOrDefault(height));
                break;
            case ConsensusMessage.ViewChange m:
                OnViewChange(m);
                break;
            case ConsensusMessage.Proposal or ConsensusMessage.Prevote or ConsensusMessage.Precommit:
                OnRoundVote(message);
                break;
            case ConsensusMessage.Mined m:
                RequireDurable(new SafetyPromise(SafetyPromise.Mined, height, 0, m.Block.Hash), "mined block");
                break;
            case ConsensusMessage.CheckpointVote m:
                BorshWriter writer = new();
                writer.Hash32(m.StateRoot);
                writer.Hash32(m.ReceiptsRoot);
                writer.Hash32(m.NextValidators);
                Once((byte.MaxValue, height, 0), Hash32.Of(writer.WrittenSpan), "checkpoint");
                break;
        }
    }

    /// <summary>Of PoS, where old rounds' votes may be repeated at any time (POS-17).</summary>
    private void OnRoundVote(ConsensusMessage message)
    {
        long height = message.Height.Value;
        (SafetyPromise vote, string what) = message switch
        {
            ConsensusMessage.Proposal m =>
                (new SafetyPromise(SafetyPromise.RoundProposal, height, m.Round.Value, m.Block.Hash), "proposal"),
            ConsensusMessage.Prevote m =>
                (new SafetyPromise(SafetyPromise.Prevote, height, m.Round.Value, m.BlockHash ?? default), "prevote"),
            ConsensusMessage.Precommit m => (
                new SafetyPromise(SafetyPromise.Precommit, height, m.Round.Value, m.BlockHash ?? default),
                "precommit"),
            _ => throw new ArgumentOutOfRangeException(nameof(message)),
        };
        Hash32 said = message is ConsensusMessage.Prevote { ValidRound: not null }
            ? Hash32.Of(Consensus.Statement.Of(message))
            : vote.Block;
        Once((vote.Tag, height, vote.View), said, what);
        _locks.OnVote(message);

        // A precommit for a block is promised by the lock on it.
        bool locks = message is ConsensusMessage.Precommit { BlockHash: not null };
        RequireDurable(locks ? vote with { Tag = SafetyPromise.Lock } : vote, what);
    }

    private void Vote(SafetyPromise vote)
    {
        string what = vote.Tag switch
        {
            SafetyPromise.Proposal => "proposal",
            SafetyPromise.Prepare => "prepare",
            _ => "commit",
        };
        Once((vote.Tag, vote.Height, vote.View), vote.Block, what);
        RequireDurable(vote, what);
        Height since = chain.SetSince(new Height(vote.Height));
        int left = _left.GetValueOrDefault(since).View;
        foreach ((Height ofSet, int view, long height) in _forgotten)
        {
            left = ofSet == since && vote.Height <= height + (2 * window) ? Math.Max(left, view) : left;
        }

        if (vote.View < left)
        {
            log.Add(
                ViolationKind.DoubleVote,
                $"{name} sends a {what} in view {vote.View} of height {vote.Height} after it left for view {left}");
        }
    }

    private void OnViewChange(ConsensusMessage.ViewChange message)
    {
        long height = message.Height.Value;
        int newView = message.NewView.Value;
        Once(
            (SafetyPromise.ViewChange, height, newView), Hash32.Of(StatementOf(message)), "view change");
        Height since = chain.SetSince(message.Height);
        RequireDurable(
            new SafetyPromise(SafetyPromise.ViewChange, since.Value, newView, Hash32.Zero), "view change");
        foreach ((long locked, int view) in _locked)
        {
            long at = locked - height;
            int claimed = at >= 0 && at < message.Prepared.Count
                ? message.Prepared[(int)at]?.Certificate.View.Value ?? -1
                : -1;
            if (at >= 0 && view < newView && claimed < view)
            {
                log.Add(
                    ViolationKind.DoubleVote,
                    $"{name} forgets its lock of view {view} at height {locked} when it changes to view {newView}");
            }
        }

        (int View, long Height) known = _left.GetValueOrDefault(since);
        _left[since] = (Math.Max(newView, known.View), Math.Max(height, known.Height));
    }

    /// <summary>What a view change says was prepared.</summary>
    private static byte[] StatementOf(ConsensusMessage.ViewChange message)
    {
        BorshWriter writer = new();
        foreach (PreparedClaim? claim in message.Claims)
        {
            writer.Option(claim is not null);
            writer.I64(claim?.View.Value ?? 0);
            writer.Hash32(claim?.BlockHash ?? Hash32.Zero);
        }

        return writer.ToArray();
    }

    private void Once((byte Tag, long Height, int View) slot, Hash32 value, string what)
    {
        if (!_votes.TryAdd(slot, value) && _votes[slot] != value)
        {
            log.Add(
                ViolationKind.DoubleVote,
                $"{name} signs a second {what} at height {slot.Height}, view {slot.View}: "
                    + $"{value.Short()} after {_votes[slot].Short()}");
        }
    }

    private void RequireDurable(SafetyPromise promise, string what)
    {
        if (!_durable.Contains(promise))
        {
            log.Add(
                ViolationKind.PersistBeforeSend,
                $"{name} sends a {what} at height {promise.Height}, view {promise.View} before its record is durable");
        }
    }
}
