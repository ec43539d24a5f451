using System;
using System.Collections.Generic;
using System.Linq;
using EnergyNode.Actors;
using EnergyNode.Actors.Clients;
using EnergyNode.Actors.Node;
using EnergyNode.Actors.Ports;
using EnergyNode.Ledger;
using Xunit;

namespace EnergyNode.Simulation.Tests;

/// <summary>
/// Four honest nodes and their client, watched by all checkers, while strangers with keys of their own pour hostile
/// frames into one of them. Who is refused comes again under another key.
/// </summary>
internal sealed class FuzzedCluster
{
    /// <summary>The epochs before it are part of the warming up.</summary>
    public const int FirstFuzzedEpoch = 5;

    /// <summary>Few, as all that arrives after the frame that was one too many goes unread.</summary>
    private const int FramesPerStep = 4;
    private const int Epochs = 13;

    private static readonly Instant Start = Instant.FromSeconds(1_800_000_000);
    private static readonly Duration StepTime = new(100);
    private static readonly Duration Patience = Duration.FromSeconds(60);

    private readonly SimulatedWorld _world;
    private readonly SimulatedGateway _gateway;
    private readonly List<SimulatedNode> _nodes = [];
    private readonly FrameMutator _frames;
    private readonly Random _random;
    private (PublicKey Key, PeerRole Role) _stranger;
    private bool _connected;

    public FuzzedCluster(ConsensusProtocol protocol, int seed)
    {
        SimulationOptions options = new() { Seed = (ulong)seed, Protocol = protocol, Epochs = Epochs };
        SeededRunner runner = new(options.Seed, Start);
        ViolationLog log = new(runner);
        SimulatedKeys keys = new();
        SimulatedMarket market = new(options, keys, Start);
        SimulatedNetwork network = new(runner, new Dice(options.Seed, "network"));
        SharedWork shared = new();
        ReferenceLedger reference = new(market.Genesis, keys, shared.Hashes, new Dice(options.Seed, "books"), log);
        ChainChecker chain = new(market.Genesis, keys, reference, log, runner);
        _world = new SimulatedWorld(
            options,
            FaultPlan.Calm(Duration.FromSeconds(1)),
            runner,
            Start,
            keys,
            market.Genesis,
            network,
            chain,
            log,
            new EvidenceChecker(
                market.Genesis, keys, runner, log, chain, options.Validators, shared.Verifications),
            shared,
            new PolkaLog(chain.SetOf, _ => false));
        _frames = new FrameMutator(seed);
        _random = new Random(seed);
        LearnQuestions(market.Genesis.ComputeHash());
        network.OnSent = OnSent;
        network.OnPunished = OnPunished;
        for (int i = 0; i < options.Validators; i++)
        {
            _nodes.Add(new SimulatedNode(_world, i, keys.Signer(SimulatedMarket.ValidatorName(i))));
        }

        _gateway = new SimulatedGateway(_world, market);
    }

    public IReadOnlyCollection<(FrameKind Kind, byte Tag)> Types => _frames.Types;

    /// <summary>How many strangers were cut off.</summary>
    public int Refused { get; private set; }

    /// <summary>Bytes of the managed heap that are in use.</summary>
    public static long HeapBytes() => GC.GetTotalMemory(forceFullCollection: true);

    /// <summary>All start, lose messages, miss blocks, and come back: all types of messages are seen.</summary>
    public void WarmUp()
    {
        _nodes.ForEach(node => node.Start());
        RunFor(Duration.FromSeconds(1));
        _world.Network.Faults = LinkFaults.None with { LossPermille = 200 };
        _gateway.Submit(0);
        RunFor(Duration.FromSeconds(5));
        for (int epoch = 1; epoch < FirstFuzzedEpoch; epoch++)
        {
            // One of them leads.
            _nodes[epoch - 1].Crash();
            _gateway.Submit(epoch);
            RunFor(Duration.FromSeconds(4));
            _nodes[epoch - 1].Start();
            RunFor(Duration.FromSeconds(2));
        }

        _world.Network.Faults = LinkFaults.None;
        AwaitAllDone(FirstFuzzedEpoch);
    }

    /// <summary>Hostile frames, with an honest epoch in the middle of them.</summary>
    public void Fuzz(int frames, int epoch)
    {
        for (int sent = 0; sent < frames; sent += FramesPerStep)
        {
            if (sent <= frames / 2 && sent + FramesPerStep > frames / 2)
            {
                _gateway.Submit(epoch);
            }

            for (int i = 0; i < Math.Min(FramesPerStep, frames - sent); i++)
            {
                Inject();
            }

            RunFor(StepTime);
        }

        AwaitAllDone(epoch + 1);
    }

    /// <summary>What the simulated client does not ask, and nodes ask only by chance.</summary>
    private void LearnQuestions(Hash32 some)
    {
        ClientQuery[] queries =
        [
            new ClientQuery.Head(1),
            new ClientQuery.Entries(2, new byte[] { 1 }, new byte[] { 1, 2 }),
            new ClientQuery.Receipts(3, some),
        ];
        foreach (ClientQuery query in queries)
        {
            _frames.Learn(FrameKind.Query, query.ToArray());
        }

        BorshWriter hashes = new();
        hashes.Version(1);
        hashes.Count(1);
        hashes.Hash32(some);
        _frames.Learn(FrameKind.BatchRequest, hashes.WrittenSpan);
        _frames.Learn(FrameKind.BatchAnnounce, hashes.WrittenSpan);
        LearnGossip(some);
        _frames.Learn(FrameKind.Answer, new ClientAnswer.Head(1, new Height(1), some).ToArray());
    }

    /// <summary>
    /// Honest nodes ask for votes only when they lack one that others saw; under proof of work they tell of none.
    /// </summary>
    private void LearnGossip(Hash32 some)
    {
        BorshWriter digests = new();
        digests.Version(1);
        digests.Count(1);
        digests.I64(1);
        digests.Tag(1);
        digests.U32(0);
        digests.Hash32(some);
        digests.Bytes([7]);
        _frames.Learn(FrameKind.VoteDigests, digests.WrittenSpan);
        BorshWriter request = new();
        request.Version(1);
        request.Count(1);
        request.I64(1);
        request.Tag(1);
        request.U32(0);
        request.U16(2);
        _frames.Learn(FrameKind.VoteRequest, request.WrittenSpan);
        BorshWriter votes = new();
        votes.Version(1);
        votes.Count(1);
        votes.U16(2);
        votes.Bytes(some.ToArray());
        votes.Signature(default);
        _frames.Learn(FrameKind.Votes, votes.WrittenSpan);
    }

    private void Inject()
    {
        if (!_connected)
        {
            byte[] key = new byte[PublicKey.Size];
            _random.NextBytes(key);
            _stranger = (new PublicKey(key), (PeerRole)_random.Next(3));
            _nodes[0].Deliver(new PeerConnected(_stranger.Key, _stranger.Role, "10.0.0.1:1"));
            _connected = true;
        }

        (FrameKind kind, byte[] payload) = _frames.Next();
        _nodes[0].Deliver(new FrameReceived(_stranger.Key, _stranger.Role, kind, payload));
    }

    private void OnSent(SentFrame frame)
    {
        _frames.Learn(frame.Kind, frame.Payload.Span);
        if (frame.From < _nodes.Count)
        {
            _nodes[frame.From].OnSent(frame);
        }
    }

    private void OnPunished(int by, PublicKey whom, Duration time, string reason)
    {
        Assert.Equal(0, by);
        Assert.Equal(_stranger.Key, whom);
        if (reason != SimulatedNetwork.Throttled)
        {
            Refused++;
            _connected = false;
            _nodes[0].Deliver(new PeerDisconnected(whom, _stranger.Role, reason));
        }
    }

    private void AwaitAllDone(int epochs)
    {
        Instant limit = _world.Runner.Now.Plus(Patience);
        while (_gateway.Finished < epochs || _nodes.Any(node => node.Height != _world.Chain.Height))
        {
            Assert.True(_world.Runner.Now < limit, $"{_gateway.Finished} of {epochs} epochs are confirmed in time");
            RunFor(Duration.FromMillis(100));
        }
    }

    private void RunFor(Duration time)
    {
        _world.Runner.RunFor(time);
        _nodes.ForEach(node => node.CheckAlive());
        Assert.Empty(_world.Log.Found);
    }
}
