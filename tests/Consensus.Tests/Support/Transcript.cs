using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using EnergyNode.Consensus.Pbft;
using EnergyNode.Consensus.Pos;
using EnergyNode.Ledger;

namespace EnergyNode.Consensus.Tests.Support;

/// <summary>
/// Runs the commands of a golden transcript (lines with <c>&gt;</c>) against one machine and writes down its effects.
/// Own broadcasts are looped back at once, as the shell does. Blocks are called B1, B2 … in the order of appearance.
/// </summary>
internal sealed partial class Transcript
{
    private readonly StringBuilder _text = new();
    private readonly List<Block> _blocks = [];
    private readonly List<SafetyRecord> _disk = [];
    private readonly Dictionary<TimeoutKind, TimeoutId> _timers = [];
    private readonly Queue<ConsensusMessage> _loop = new();

    private Community _community = new(4);
    private int? _self = 0;
    private ChainTip _tip = Community.Genesis;
    private IConsensus _machine = new Community(4).CreateMachine(0, Community.Genesis);
    private Instant _now;
    private Doubt? _doubt;

    public static string Run(string script)
    {
        Transcript transcript = new();
        foreach (string line in script.Split('\n'))
        {
            if (line.StartsWith('#') || line.Length == 0)
            {
                transcript._text.Append(line).Append('\n');
            }
            else if (line.StartsWith("> ", StringComparison.Ordinal))
            {
                transcript._text.Append(line).Append('\n');
                transcript.Execute(line[2..].Split(' ', StringSplitOptions.RemoveEmptyEntries));
            }
        }

        return transcript._text.ToString().TrimEnd('\n') + "\n";
    }

    private void Execute(string[] words)
    {
        _now = _now.Plus(Duration.FromMillis(1));
        if (words[0].EndsWith(':'))
        {
            int sender = int.Parse(words[0][..^1], CultureInfo.InvariantCulture);
            Receive(sender, Message(sender, words[1..]));
            return;
        }

        switch (words[0])
        {
            case "node":
                _community = words[3] == "stakes"
                    ? new Community(
                        ConsensusProtocol.Pos, [.. words[^1].Split(',').Select(power => (long)Number(power))])
                    : new Community(Number(words[3]));
                _self = words[1] == "observer" ? null : Number(words[1]);
                _machine = _community.CreateMachine(_self, _tip);
                _doubt = words[^1] == "blank" ? Doubt.Unknown : null;
                break;
            case "start":
                Step(new ConsensusInput.Started([.. _disk]) { Doubt = _doubt });
                break;
            case "crash":
                _machine = _community.CreateMachine(_self, _tip);
                break;
            case "offer":
                Step(new ConsensusInput.WorkOffered(At(words[1]), [.. words[2..].Select(Community.NameHash)]));
                break;
            case "held":
                Step(new ConsensusInput.PayloadReady(BlockOf(words[1]).Hash));
                break;
            case "timeout":
                TimeoutKind kind = Enum.Parse<TimeoutKind>(words[1], ignoreCase: true);
                Step(new ConsensusInput.TimeoutElapsed(_timers[kind]));
                break;
            case "passed-over":
                Step(new ConsensusInput.PassedOver(_community.Set[new ValidatorIndex(Number(words[1]))].Key));
                break;
            case "applied":
                Apply(BlockOf(words[1]), words[2]);
                break;
            case "caught":
                CommitCertificate certificate = _community.Committed(
                    BlockOf(words[1]), View.Zero, _community.Quorum());
                Step(new ConsensusInput.Caught(
                    new Verified<Decision>(new Decision(BlockOf(words[1]), certificate))));
                break;
            case "wait":
                _now = _now.Plus(Duration.FromMillis(Number(words[1])));
                break;
            default:
                throw new FormatException(string.Join(' ', words));
        }
    }

    private void Apply(Block block, string root)
    {
        _tip = ChainTip.Of(block);
        Step(new ConsensusInput.Applied(
            block.Height, Community.NameHash(root), Community.NameHash("receipts"), _community.Set));
    }

    private ConsensusMessage Message(int sender, string[] words)
    {
        Height height = At(words[1]);
        return words[0] switch
        {
            "pre-prepare" => Proposal(sender, words),
            "prepare" => new ConsensusMessage.Prepare(height, ViewOf(words[2]), BlockOf(words[3]).Hash),
            "commit" => new ConsensusMessage.Commit(height, ViewOf(words[2]), BlockOf(words[3]).Hash),
            "view-change" => new ConsensusMessage.ViewChange(height, ViewOf(words[2]), Claims(words[3..]), []),
            "new-view" => _community.Open(
                height, ViewOf(words[2]), Claims(words[5..]), [.. words[4].Split(',').Select(Number)]),
            "status" => new ConsensusMessage.Status(height, ViewOf(words[2]), new Height(Number(words[4])))
            {
                IsBlank = words[^1] == "blank",
            },
            "checkpoint" => new ConsensusMessage.CheckpointVote(
                height, Community.NameHash(words[2]), Community.NameHash("receipts"), _community.Set.Hash),
            _ => RoundMessage(sender, words),
        };
    }

    /// <summary><c>pre-prepare h1 v0 new a b</c> or <c>pre-prepare h1 v1 B1</c>.</summary>
    private ConsensusMessage.PrePrepare Proposal(int sender, string[] words)
    {
        Block block = words[3] == "new"
            ? _community.MakeBlock(ParentAt(At(words[1])), sender, _now, words[4..])
            : BlockOf(words[3]);
        return new ConsensusMessage.PrePrepare(At(words[1]), ViewOf(words[2]), block);
    }

    /// <summary>The tip, or the last block seen at the height below.</summary>
    private ChainTip ParentAt(Height height) => height == _tip.Height.Next
        ? _tip
        : ChainTip.Of(_blocks.FindLast(block => block.Height.Next == height)!);

    /// <summary><c>prepared v0 B1</c> for each height from the first, or nothing.</summary>
    private PreparedBlock[] Claims(string[] words) => [.. words.Chunk(3).Select(claim => new PreparedBlock(
        _community.Prepared(BlockOf(claim[2]), ViewOf(claim[1]), _community.Quorum()), BlockOf(claim[2])))];

    private PreparedCertificate Prepared(string[] words) =>
        _community.Prepared(BlockOf(words[1]), ViewOf(words[0]), _community.Quorum());

    private void Receive(int sender, ConsensusMessage message)
    {
        byte[] wire = _community.Sign(sender, message).Value.ToArray();
        MessageRefusal refusal = _community.Verifier.Verify(
            wire, _community.Set, Height.Genesis, out Verified<SignedMessage> verified);
        if (refusal != MessageRefusal.None)
        {
            _text.Append("    refused: ").Append(refusal).Append('\n');
            return;
        }

        Step(new ConsensusInput.Received(verified));
    }

    private void Step(ConsensusInput input)
    {
        Write(input);
        while (_loop.TryDequeue(out ConsensusMessage? message) && _self is { } self)
        {
            Write(new ConsensusInput.Received(_community.Sign(self, message)));
        }
    }

    private void Write(ConsensusInput input)
    {
        List<ConsensusEffect> effects = [];
        _machine.Step(input, _now, effects);
        NoteDoubt();
        foreach (ConsensusEffect effect in effects)
        {
            _text.Append("    ").Append(Describe(effect)).Append('\n');
        }
    }

    /// <summary>The shell makes it durable.</summary>
    private void NoteDoubt()
    {
        Doubt? doubt = _machine.Status.Doubt;
        if (doubt != _doubt)
        {
            _text.Append("    ").Append(doubt is null ? "no doubt" : $"doubt until h{doubt.Until}").Append('\n');
            _doubt = doubt;
        }
    }

    private string Describe(ConsensusEffect effect)
    {
        switch (effect)
        {
            case ConsensusEffect.Persist persist:
                _disk.Add(persist.Record);
                return "persist " + (_community.Protocol == ConsensusProtocol.Pos
                    ? Describe(RoundPromise.Of(persist.Record))
                    : Describe(SafetyEntry.Of(persist.Record)));
            case ConsensusEffect.Broadcast broadcast:
                _loop.Enqueue(broadcast.Message);
                return "broadcast " + Describe(broadcast.Message);
            case ConsensusEffect.Send send:
                return $"send to {send.To}: {Describe(send.Message)}";
            case ConsensusEffect.Relay relay:
                return $"relay to {relay.To}: {Describe(relay.Message.Message)} of {relay.Message.Sender}";
            case ConsensusEffect.SetTimeout set:
                _timers[set.Id.Kind] = set.Id;
                return $"set {Describe(set.Id)} in {set.Delay.Micros / 1000} ms";
            case ConsensusEffect.CancelTimeout cancel:
                return $"cancel {cancel.Kind}";
            case ConsensusEffect.RequestProposal request:
                return $"request proposal h{request.Height}";
            case ConsensusEffect.RequestPayload request:
                return $"request payload {NameOf(request.Block)} from {request.From}";
            case ConsensusEffect.Finalize final:
                CommitCertificate c = (CommitCertificate)final.Decision.Certificate;
                return $"finalize {NameOf(final.Decision.Block)} h{c.Height} {RoundOf(c.View)} by {Signers(c.Votes)}";
            case ConsensusEffect.Checkpointed checkpoint:
                return $"checkpointed h{checkpoint.Certificate.Height} by {Signers(checkpoint.Certificate.Votes)}";
            case ConsensusEffect.CatchUp catchUp:
                return $"catch up from {catchUp.Peer} at h{catchUp.From}";
            case ConsensusEffect.Diverged diverged:
                return $"diverged at h{diverged.Height}";
            default:
                throw new ArgumentOutOfRangeException(nameof(effect));
        }
    }

    private string Describe(ConsensusMessage message) => message switch
    {
        ConsensusMessage.PrePrepare m =>
            $"pre-prepare h{m.Height} v{m.View} {Describe(m.Block)}",
        ConsensusMessage.Prepare m => $"prepare h{m.Height} v{m.View} {NameOf(m.BlockHash)}",
        ConsensusMessage.Commit m => $"commit h{m.Height} v{m.View} {NameOf(m.BlockHash)}",
        ConsensusMessage.ViewChange m => $"view-change h{m.Height} v{m.NewView}" + Describe(m.Prepared),
        ConsensusMessage.OpenView m =>
            $"new-view h{m.Height} v{m.View} by {string.Join(',', m.Proof.Votes.Select(v => v.Signer))}"
                + Describe(m.Proof.Chosen),
        ConsensusMessage.Committed m =>
            $"committed {NameOf(m.Certificate.BlockHash)} h{m.Height} v{m.Certificate.View}",
        ConsensusMessage.Status m => $"status h{m.Height} {RoundOf(m.View)} certified {m.Certified}"
            + (m.IsBlank ? " blank" : "") + (m.LacksNewView ? " lacks new view" : ""),
        ConsensusMessage.CheckpointVote m => $"checkpoint h{m.Height}",
        _ => DescribeOfRound(message),
    };

    private string Describe(SafetyEntry entry) => entry switch
    {
        SafetyEntry.Proposed e => $"proposed v{e.View} {NameOf(e.Block)}",
        SafetyEntry.Prepared e => $"prepared v{e.View} {NameOf(e.BlockHash)}",
        SafetyEntry.Locked { Block: var e } =>
            $"locked v{e.Certificate.View} {NameOf(e.Block)} by {Signers(e.Certificate.Votes)}",
        SafetyEntry.Standing e =>
            $"standing v{e.View} {(e.IsOpen ? $"open, bound until h{e.BoundUntil}" : "asked for")}",
        _ => throw new ArgumentOutOfRangeException(nameof(entry)),
    };

    private string Describe(Block block)
    {
        string proposer = _community.Set.IndexOf(block.Header.Proposer)?.ToString() ?? "?";
        return $"{NameOf(block)} ({block.Batches.Count} batches, proposer {proposer}, time {block.Header.Time.Micros})";
    }

    private string Describe(IReadOnlyList<PreparedBlock?> prepared) => string.Concat(prepared.Select(
        block => block is null ? " none" : $" prepared v{block.Certificate.View} {NameOf(block.Block)}"));

    private static string Describe(TimeoutId id) =>
        id.Kind is TimeoutKind.Resend or TimeoutKind.Idle
            ? $"{id.Kind} h{id.Height}"
            : $"{id.Kind} h{id.Height} {(id.Kind == TimeoutKind.View ? 'v' : 'r')}{id.View}";

    private static string Signers(IReadOnlyList<VoteSignature> votes) => string.Join(',', votes.Select(v => v.Signer));

    private string NameOf(Block block)
    {
        if (!_blocks.Exists(known => known.Hash == block.Hash))
        {
            _blocks.Add(block);
        }

        return NameOf(block.Hash);
    }

    private string NameOf(Hash32 hash) => $"B{_blocks.FindIndex(block => block.Hash == hash) + 1}";

    /// <summary>A known block by its name, or a new one of proposer 0 above the tip by any other word.</summary>
    private Block BlockOf(string word)
    {
        bool isName = word[0] == 'B' && int.TryParse(word[1..], CultureInfo.InvariantCulture, out _);
        Block block = isName
            ? _blocks[Number(word[1..]) - 1]
            : _community.MakeBlock(_tip, 0, _now, word);
        NameOf(block);
        return block;
    }

    private static Height At(string word) => new(Number(word.TrimStart('h')));

    private static View ViewOf(string word) => new(Number(word.TrimStart('v', 'r')));

    private static int Number(string word) => int.Parse(word, CultureInfo.InvariantCulture);
}
