using System;
using System.Collections.Generic;
using System.Linq;
using EnergyNode.Consensus.Pbft;
using EnergyNode.Consensus.Pos;
using EnergyNode.Consensus.Pow;
using EnergyNode.Ledger;

namespace EnergyNode.Consensus.Tests.Support;

/// <summary>Watches what honest replicas say and decide, over all their lives.</summary>
internal sealed class SimChecker(Community community, LockChecker locks)
{
    private readonly Dictionary<(int Sender, Height Height, View View, int Kind), string> _said = [];
    private readonly Dictionary<int, View> _left = [];
    private readonly Dictionary<Height, Hash32> _decided = [];

    public void Decided(Decision decision)
    {
        Height height = decision.Block.Height;
        Require(
            community.Verifier.Verify(decision, community.Set, out _) == MessageRefusal.None,
            $"the certificate of height {height} is bad");
        Require(
            _decided.TryAdd(height, decision.Block.Hash) || _decided[height] == decision.Block.Hash,
            $"two blocks were decided at height {height}");
        Require(
            height.Value == 1
                ? decision.Block.Header.Parent == Community.Genesis.Hash
                : decision.Block.Header.Parent == _decided[new Height(height.Value - 1)],
            $"the block of height {height} has another parent");
    }

    public void Said(int sender, ConsensusMessage message, IReadOnlyList<SafetyRecord> records)
    {
        switch (community.Protocol)
        {
            case ConsensusProtocol.Pos:
                SaidInRound(sender, message, records);
                break;
            case ConsensusProtocol.Pow when message is ConsensusMessage.Mined mined:
                Require(
                    records.Select(PowRecord.Of).OfType<PowRecord.Own>()
                        .Any(own => own.Message.Block.Hash == mined.Block.Hash && own.Message.Nonce == mined.Nonce),
                    $"validator {sender} told of a block before it was durable");
                break;
            case ConsensusProtocol.Pbft:
                SaidInView(sender, message, records);
                break;
        }
    }

    private void SaidInRound(int sender, ConsensusMessage message, IReadOnlyList<SafetyRecord> records)
    {
        RoundPromise[] made = [.. records.Where(r => r.Height == message.Height).Select(RoundPromise.Of)];
        switch (message)
        {
            case ConsensusMessage.Proposal m:
                Once(sender, m, m.Round, 0);
                Require(
                    made.OfType<RoundPromise.Proposed>().Any(p => p.Round == m.Round && p.Block.Hash == m.Block.Hash),
                    $"validator {sender} proposed before it was durable");
                break;
            case ConsensusMessage.Prevote m:
                Once(sender, m, m.Round, 1);
                Require(
                    made.OfType<RoundPromise.Prevoted>().Any(p => p.Round == m.Round && p.BlockHash == m.BlockHash),
                    $"validator {sender} prevoted before it was durable");
                locks.Prevoted(sender, m);
                break;
            case ConsensusMessage.Precommit m:
                Once(sender, m, m.Round, 2);
                Require(
                    m.BlockHash is { } hash
                        ? made.OfType<RoundPromise.Locked>().Any(p => p.Round == m.Round && p.Value.Hash == hash)
                        : made.OfType<RoundPromise.PrecommittedNil>().Any(p => p.Round == m.Round),
                    $"validator {sender} precommitted before it was durable");
                locks.Precommitted(sender, m);
                break;
        }
    }

    private void SaidInView(int sender, ConsensusMessage message, IReadOnlyList<SafetyRecord> records)
    {
        SafetyEntry[] standing = [.. records.Select(SafetyEntry.Of)];
        SafetyEntry[] entries = [.. records.Where(r => r.Height == message.Height).Select(SafetyEntry.Of)];
        switch (message)
        {
            case ConsensusMessage.PrePrepare m:
                Once(sender, m, m.View, 0);
                Require(
                    entries.OfType<SafetyEntry.Proposed>().Any(e => e.View == m.View && e.Block.Hash == m.Block.Hash),
                    $"validator {sender} proposed before it was durable");
                break;
            case ConsensusMessage.Prepare m:
                Once(sender, m, m.View, 1);
                NotLeft(sender, m, m.View);
                Require(
                    entries.OfType<SafetyEntry.Prepared>().Any(e => e.View == m.View && e.BlockHash == m.BlockHash),
                    $"validator {sender} prepared before it was durable");
                break;
            case ConsensusMessage.Commit m:
                Once(sender, m, m.View, 2);
                NotLeft(sender, m, m.View);
                Require(
                    entries.OfType<SafetyEntry.Locked>().Any(e => e.Block.Certificate.View == m.View),
                    $"validator {sender} committed before it was durable");
                break;
            case ConsensusMessage.ViewChange m:
                Once(sender, m, m.NewView, 3);
                _left[sender] = m.NewView;
                Require(
                    standing.OfType<SafetyEntry.Standing>().Any(e => e.View == m.NewView && !e.IsOpen),
                    $"validator {sender} changed the view before it was durable");
                break;
        }
    }

    private void Once(int sender, ConsensusMessage message, View view, int kind)
    {
        string statement = Convert.ToHexString(Statement.Of(message));
        bool same = _said.TryAdd((sender, message.Height, view, kind), statement)
            || _said[(sender, message.Height, view, kind)] == statement;
        Require(same, $"validator {sender} said two things: {message}");
    }

    private void NotLeft(int sender, ConsensusMessage message, View view) => Require(
        !_left.TryGetValue(sender, out View left) || view >= left,
        $"validator {sender} voted in a view that it had left: {message}");

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new InvalidOperationException(otherwise);
        }
    }
}
