using System;
using System.Collections.Generic;
using System.Linq;
using EnergyNode.Consensus.Pow;
using EnergyNode.Consensus.Tests.Support;
using EnergyNode.Ledger;

namespace EnergyNode.Consensus.Tests.Conformance;

/// <summary>
/// A perfect network of machines behind <see cref="IConsensus"/>: no delay, no loss, no time-outs of its own.
/// </summary>
internal sealed class LocalNet
{
    /// <summary>Blocks that a peer shows at once.</summary>
    private const int Page = 64;

    private readonly Community _community;
    private readonly bool _deliver;
    private readonly Node[] _nodes;
    private readonly Queue<(int To, ConsensusInput Input)> _inputs = new();
    private long _now = 1_000_000;
    private int _lastMiner = -1;
    private int _finds;

    /// <param name="deliver">Whether anything reaches anybody else.</param>
    /// <param name="findsEach">How many proofs of work each may find at first; by default as many as it wants, or
    /// one when nothing is delivered.</param>
    public LocalNet(ConsensusProtocol protocol, int validators, bool deliver = true, int? findsEach = null)
    {
        _finds = findsEach ?? (deliver ? int.MaxValue : 1);
        _community = new Community(protocol, [.. Enumerable.Repeat(1L, validators)]);
        _deliver = deliver;
        _nodes = [.. Enumerable.Range(0, validators).Select(_ => new Node())];
        for (int i = 0; i < validators; i++)
        {
            Restart(i);
        }
    }

    public IReadOnlyList<IReadOnlyList<Block>> Blocks =>
        [.. _nodes.Select(node => node.Chain.ConvertAll(decision => decision.Block))];

    public IReadOnlyList<ConsensusStatus> Status => [.. _nodes.Select(node => node.Machine!.Status)];

    public IReadOnlyList<int> Requests => [.. _nodes.Select(node => node.Requests)];

    /// <summary>Safety records that were written, by all.</summary>
    public int Records => _nodes.Sum(node => node.Disk.Count);

    /// <summary>No promise has left a node before as many records as promises were durable.</summary>
    public bool WroteBeforeSpeaking { get; private set; } = true;

    /// <summary>Blocks that it takes to make another one final: under proof of work those above it count.</summary>
    public int BlocksForEach => _community.Protocol == ConsensusProtocol.Pow ? Community.Work.Depth + 1 : 1;

    /// <summary>Where each node saw a heavier chain leave its own below what is final, if it did.</summary>
    public IReadOnlyList<ConsensusEffect.DeepFork?> Forks => [.. _nodes.Select(node => node.Fork)];

    /// <summary>What the ledger says from the next block on.</summary>
    public Height? LastHeight { get; set; }

    /// <summary>Whether a node has something to mine.</summary>
    public bool IsMining(int node) => _nodes[node].Job is not null;

    /// <summary>Blocks that each node found.</summary>
    public IReadOnlyList<int> Found => [.. _nodes.Select(node => node.Found)];

    /// <summary>Where the chain that each node mines on ends.</summary>
    public IReadOnlyList<Hash32?> Heads => [.. _nodes.Select(node => node.Head)];

    /// <summary>Lets each node find so many proofs of work in all.</summary>
    public void Grant(int findsEach)
    {
        _finds = findsEach;
        Drain();
    }

    /// <summary>Nodes on different sides do not hear each other.</summary>
    public Func<int, int> SideOf { get; set; } = static _ => 0;

    /// <summary>What a node has said in this life, apart from where it stands.</summary>
    public IReadOnlyList<string> Promises(int node) => [.. _nodes[node].Said.Distinct()];

    public void Stop(int node) => _nodes[node].Machine = null;

    public void Restart(int index)
    {
        Node node = _nodes[index];
        node.Said.Clear();
        node.Job = null;
        node.Machine = _community.GoOn(index, node.Chain.LastOrDefault());
        Give(index, new ConsensusInput.Started([.. node.Disk])
        {
            Below = [Community.FinalOf(null), .. node.Chain.Select(FinalBlock.Of)],
        });
    }

    /// <summary>The mempools of all have the same work.</summary>
    public void Offer(params string[] batches) => OfferTo(static _ => true, batches);

    /// <summary>Work of some mempools only, one after the other.</summary>
    public void OfferTo(Func<int, bool> who, params string[][] offers)
    {
        foreach (string[] batches in offers)
        {
            OfferTo(who, batches);
        }
    }

    private void OfferTo(Func<int, bool> who, string[] batches)
    {
        Hash32[] hashes = [.. batches.Select(Community.NameHash)];
        for (int i = 0; i < _nodes.Length; i++)
        {
            if (_nodes[i].Machine is not null && who(i))
            {
                _inputs.Enqueue((i, new ConsensusInput.WorkOffered(_nodes[i].Requested, hashes)));
            }
        }

        Drain();
    }

    /// <summary>Lets the resend and idle timers fire, which run without work.</summary>
    public void RunIdle(int rounds)
    {
        for (int round = 0; round < rounds; round++)
        {
            _now += 10_000_000;
            for (int i = 0; i < _nodes.Length; i++)
            {
                foreach (TimeoutId id in _nodes[i].Timers.Values.ToArray())
                {
                    Give(i, new ConsensusInput.TimeoutElapsed(id));
                }
            }
        }
    }

    private void Give(int to, ConsensusInput input)
    {
        _inputs.Enqueue((to, input));
        Drain();
    }

    private void Drain()
    {
        do
        {
            Deliver();
        }
        while (MineOne());
    }

    /// <summary>The next one in turn that mines finds what it looks for, one block time later.</summary>
    private bool MineOne()
    {
        for (int i = 1; i <= _nodes.Length; i++)
        {
            int index = (_lastMiner + i) % _nodes.Length;
            Node node = _nodes[index];
            if (node is { Machine: not null, Job: { } job } && node.Found < _finds)
            {
                _lastMiner = index;
                _now += Community.Work.BlockTime.Micros;
                node.Job = null;
                node.Found++;
                ulong nonce = ProofOfWork.Find(
                    job.BlockHash, ProofOfWork.Target(job.Difficulty), 0, int.MaxValue)!.Value;
                _inputs.Enqueue((index, new ConsensusInput.WorkFound(job.BlockHash, nonce)));
                return true;
            }
        }

        return false;
    }

    private void Deliver()
    {
        while (_inputs.TryDequeue(out (int To, ConsensusInput Input) next))
        {
            List<ConsensusEffect> effects = [];
            _nodes[next.To].Machine?.Step(next.Input, new Instant(++_now), effects);
            foreach (ConsensusEffect effect in effects)
            {
                Handle(next.To, effect);
            }
        }
    }

    private void Handle(int from, ConsensusEffect effect)
    {
        Node node = _nodes[from];
        switch (effect)
        {
            case ConsensusEffect.Persist persist:
                node.Disk.Add(persist.Record);
                break;
            case ConsensusEffect.Broadcast broadcast:
                Say(from, broadcast.Message);
                break;
            case ConsensusEffect.Send send:
                Transmit(_community.Sign(from, send.Message).Value, send.To.Value, from);
                break;
            case ConsensusEffect.Relay relay:
                Transmit(relay.Message, relay.To.Value, from);
                break;
            case ConsensusEffect.SetTimeout set:
                node.Timers[set.Id.Kind] = set.Id;
                break;
            case ConsensusEffect.CancelTimeout cancel:
                node.Timers.Remove(cancel.Kind);
                break;
            case ConsensusEffect.RequestProposal request:
                node.Requests++;
                node.Requested = request.Height;
                break;
            case ConsensusEffect.Mine mine:
                node.Job = mine;
                break;
            case ConsensusEffect.CancelMining:
                node.Job = null;
                break;
            case ConsensusEffect.HeadChanged changed:
                node.Head = changed.BlockHash;
                break;
            case ConsensusEffect.DeepFork fork:
                node.Fork = fork;
                break;
            case ConsensusEffect.RequestPayload request:
                _inputs.Enqueue((from, new ConsensusInput.PayloadReady(request.Block.Hash)));
                break;
            case ConsensusEffect.CatchUp catchUp:
                Fetch(from, catchUp);
                break;
            case ConsensusEffect.Finalize final:
                node.Chain.Add(final.Decision);
                Block block = final.Decision.Block;
                _inputs.Enqueue((from, new ConsensusInput.Applied(
                    block.Height, block.Hash, block.Hash, _community.Set)
                { LastHeight = LastHeight }));
                break;
            case ConsensusEffect.Diverged:
                throw new InvalidOperationException("diverged");
        }
    }

    private void Say(int from, ConsensusMessage message)
    {
        Node node = _nodes[from];
        Verified<SignedMessage> own = _community.Sign(from, message);
        if (message is not (ConsensusMessage.Status or ConsensusMessage.CheckpointVote or ConsensusMessage.Tip))
        {
            node.Said.Add(Convert.ToHexString(own.Value.ToArray()));
            WroteBeforeSpeaking &= node.Said.Distinct().Count() <= node.Disk.Count;
        }

        _inputs.Enqueue((from, new ConsensusInput.Received(own)));
        for (int to = 0; to < _nodes.Length; to++)
        {
            if (to != from)
            {
                Transmit(own.Value, to, from);
            }
        }
    }

    private void Transmit(SignedMessage message, int to, int from)
    {
        MessageRefusal refusal = _community.Verifier.Verify(
            message.ToArray(), _community.Set, Height.Genesis, out Verified<SignedMessage> verified);
        if (refusal != MessageRefusal.None)
        {
            throw new InvalidOperationException($"{message.Message}: {refusal}");
        }

        if (_deliver && SideOf(from) == SideOf(to))
        {
            _inputs.Enqueue((to, new ConsensusInput.Received(verified)));
        }
    }

    private void Fetch(int to, ConsensusEffect.CatchUp request)
    {
        if (SideOf(to) != SideOf(request.Peer.Value))
        {
            return;
        }

        foreach (Decision decision in _nodes[request.Peer.Value].Chain
            .Skip((int)request.From.Value - 1).Take(request.IsComparison ? Page : 1))
        {
            if (_community.Verifier.Verify(decision, _community.Set, out Verified<Decision> verified)
                == MessageRefusal.None)
            {
                _inputs.Enqueue((to, new ConsensusInput.Caught(verified)));
            }
        }
    }

    private sealed class Node
    {
        public IConsensus? Machine { get; set; }

        public List<SafetyRecord> Disk { get; } = [];

        public List<Decision> Chain { get; } = [];

        public List<string> Said { get; } = [];

        public Dictionary<TimeoutKind, TimeoutId> Timers { get; } = [];

        public int Requests { get; set; }

        public Height Requested { get; set; }

        public ConsensusEffect.Mine? Job { get; set; }

        /// <summary>Proofs of work that it found.</summary>
        public int Found { get; set; }

        public ConsensusEffect.DeepFork? Fork { get; set; }

        public Hash32? Head { get; set; }
    }
}
