using System;
using System.Collections.Generic;
using System.Linq;
using EnergyNode.Consensus.Pbft;
using EnergyNode.Consensus.Pos;
using EnergyNode.Consensus.Pow;
using EnergyNode.Ledger;

namespace EnergyNode.Consensus.Tests.Support;

/// <summary>One machine with its disk, mempool and ledger. What is in writing at a crash is lost, or not.</summary>
internal sealed class SimReplica(SimNet net, int index, bool isLiar, Func<int, bool> audience)
{
    private readonly List<SafetyRecord> _records = [];
    private readonly List<Decision> _chain = [];
    private readonly List<Hash32> _mempool = [];
    private readonly Queue<ConsensusEffect> _effects = new();
    private readonly Dictionary<TimeoutKind, long> _timers = [];
    private readonly long _skewMillis = net.Random.Next(100);
    private readonly long _patienceMillis = 60 + net.Random.Next(200);

    private IConsensus? _machine;
    private ConsensusEffect? _writing;
    private Height? _requested;
    private IReadOnlyList<Hash32> _taken = [];
    private long _job;
    private Height _certified;
    private long _life;
    private Doubt? _doubt = net.IsBlank ? Doubt.Unknown : null;
    private long _timerCount;

    public int Index => index;

    public bool IsLiar => isLiar;

    public bool IsUp => _machine is not null;

    /// <summary>It may have forgotten promises.</summary>
    public bool IsSilent => _machine is PbftMachine { IsSilent: true } or PosMachine { IsSilent: true };

    public bool HasCheckpoint => _certified.Value == _chain.Count && IsUp;

    public Height Height => new(_chain.Count + 1);

    /// <summary>What a liar can repeat.</summary>
    public List<byte[]> Heard { get; } = [];

    public void Start()
    {
        if (_machine is not null)
        {
            return;
        }

        Decision? last = _chain.LastOrDefault();
        _machine = net.Community.Protocol switch
        {
            ConsensusProtocol.Pos => CreatePos(Community.TipOf(last)),
            ConsensusProtocol.Pow => CreatePow(Community.FinalOf(last)),
            _ => CreatePbft(Community.TipOf(last)),
        };
        Step(new ConsensusInput.Started([.. _records])
        {
            Below = [Community.FinalOf(null), .. _chain.Select(FinalBlock.Of)],
            Doubt = _doubt?.At(Height.Genesis, new Height(_chain.Count)),
        });
        if (_chain.Count > 0)
        {
            Step(AppliedOf(_chain[^1].Block));
        }
    }

    /// <summary>Amnesia: a liar that goes on as if it had promised nothing.</summary>
    public void ForgetEverything()
    {
        Crash();
        _records.Clear();
        Start();
    }

    /// <summary>Its disk is replaced: everything is gone but its key.</summary>
    public void Wipe()
    {
        Crash();
        _writing = null;
        _records.Clear();
        _chain.Clear();
        _doubt = Doubt.Unknown;
        Start();
    }

    public void Crash()
    {
        if (_machine is null)
        {
            return;
        }

        _machine = null;
        _life++;
        _job++;
        _effects.Clear();
        _timers.Clear();
        _requested = null;
        _certified = default;
        if (_writing is { } writing && net.Random.Percent(50))
        {
            MakeDurable(writing);
        }

        _writing = null;
    }

    public void AddBatch(Hash32 batch)
    {
        if (!_mempool.Contains(batch))
        {
            _mempool.Insert(isLiar && audience(0) ? 0 : _mempool.Count, batch);
        }

        TryOffer();
    }

    public bool HasDecided(Hash32[] batches) =>
        IsUp && batches.All(batch => _chain.Exists(decision => decision.Block.Batches.Contains(batch)));

    public void Deliver(byte[] wire)
    {
        if (_machine is null || (isLiar && net.Random.Percent(10)))
        {
            return;
        }

        if (isLiar && Heard.Count < 500)
        {
            Heard.Add(wire);
        }

        MessageRefusal refusal = net.Community.Verifier.Verify(
            wire, net.Community.Set, Height.Genesis, out Verified<SignedMessage> message);
        if (refusal == MessageRefusal.None)
        {
            Step(new ConsensusInput.Received(message));
        }
        else
        {
            throw new InvalidOperationException($"a message of a machine was refused: {refusal}");
        }
    }

    public Hash32 SomeHash()
    {
        List<Block> blocks = [.. _chain.Select(decision => decision.Block)];
        return blocks.Count > 0 && net.Random.Percent(50)
            ? blocks[net.Random.Next(blocks.Count)].Hash
            : Community.NameHash($"lie {net.Random.Next(3)}");
    }

    public override string ToString() =>
        $"{index}: up {IsUp}, blocks {_chain.Count}, {_machine?.Status}, certified {_certified}";

    private int? Vote => index < net.Community.Set.Count ? index : null;

    private PbftMachine CreatePbft(ChainTip tip) => new(net.Community.Options(Vote) with
    {
        Tip = tip,
        TipCertificate = _chain.Count > 0 ? _chain[^1].Certificate as CommitCertificate : null,
        Window = net.Window,
        MinViewTimeout = Duration.FromMillis(_patienceMillis),
        ViewTimeout = Duration.FromMillis(_patienceMillis),
        MaxViewTimeout = Duration.FromMillis(2_000),
        ResendDelay = Duration.FromMillis(60),
        IdleDelay = Duration.FromMillis(250),
    });

    private PosMachine CreatePos(ChainTip tip) => new(net.Community.PosOptions(Vote) with
    {
        Tip = tip,
        ProposeTimeout = Duration.FromMillis(_patienceMillis),
        VoteTimeout = Duration.FromMillis(_patienceMillis / 2),
        TimeoutIncrease = Duration.FromMillis(30),
        MaxTimeout = Duration.FromMillis(2_000),
        ResendDelay = Duration.FromMillis(60),
        IdleDelay = Duration.FromMillis(250),
    });

    private PowMachine CreatePow(FinalBlock tip) => new(net.Community.PowOptions(Vote) with
    {
        Tip = tip,
        ResendDelay = Duration.FromMillis(60),
        IdleDelay = Duration.FromMillis(250),
    });

    /// <summary>All validators together do the first difficulty in one block time; twins share one's power.</summary>
    private void Mine(ConsensusEffect.Mine mine)
    {
        long job = ++_job;
        long microsPerHash = Community.Work.BlockTime.Micros * net.Community.Set.Count * (isLiar ? 2 : 1)
            / Community.Work.InitialDifficulty.Hashes;
        ulong first = (ulong)net.Random.Next(int.MaxValue) << 20;
        ulong nonce = ProofOfWork.Find(
            mine.BlockHash, ProofOfWork.Target(mine.Difficulty), first, int.MaxValue)!.Value;
        Later(1 + ((long)(nonce - first) * microsPerHash / 1_000), () =>
        {
            if (job == _job)
            {
                Step(new ConsensusInput.WorkFound(mine.BlockHash, nonce));
            }
        });
    }

    private void Later(long millis, Action action)
    {
        long life = _life;
        net.After(millis, () =>
        {
            if (life == _life && _machine is not null)
            {
                action();
            }
        });
    }

    private void Step(ConsensusInput input)
    {
        List<ConsensusEffect> effects = [];
        Instant now = new((net.Now + _skewMillis + 1) * 1_000);
        _machine?.Step(input, now, effects);
        _doubt = _machine?.Status.Doubt ?? (_machine is null ? _doubt : null);
        foreach (ConsensusEffect effect in effects)
        {
            _effects.Enqueue(effect);
        }

        Pump();
    }

    private void Pump()
    {
        while (_writing is null && _effects.TryDequeue(out ConsensusEffect? effect))
        {
            if (effect is ConsensusEffect.Persist or ConsensusEffect.Finalize)
            {
                _writing = effect;
                Later(net.Random.Next(4), () =>
                {
                    _writing = null;
                    MakeDurable(effect);
                    Pump();
                });
                return;
            }

            Handle(effect);
        }
    }

    private void MakeDurable(ConsensusEffect effect)
    {
        switch (effect)
        {
            case ConsensusEffect.Persist persist:
                _records.Add(persist.Record);
                break;
            case ConsensusEffect.Finalize final:
                _chain.Add(final.Decision);
                _records.RemoveAll(record => record.Height <= final.Decision.Block.Height);
                if (!isLiar)
                {
                    net.Checker.Decided(final.Decision);
                    net.Watch.Decided(final.Decision);
                }

                Later(net.Random.Next(5), () => Step(AppliedOf(final.Decision.Block)));
                break;
        }
    }

    private void Handle(ConsensusEffect effect)
    {
        switch (effect)
        {
            case ConsensusEffect.Broadcast broadcast:
                Verified<SignedMessage> own = Sign(broadcast.Message);
                byte[] wire = own.Value.ToArray();
                for (int to = 0; to < net.Nodes; to++)
                {
                    if (to != index && audience(to))
                    {
                        net.Send(index, to, wire);
                    }
                }

                Later(0, () => Step(new ConsensusInput.Received(own)));
                if (broadcast.Message is not ConsensusMessage.Status)
                {
                    net.MaybeCrash(this);
                }

                break;
            case ConsensusEffect.Send send:
                net.Send(index, send.To.Value, Sign(send.Message).Value.ToArray());
                break;
            case ConsensusEffect.Relay relay:
                net.Send(index, relay.To.Value, relay.Message.ToArray());
                break;
            case ConsensusEffect.SetTimeout set:
                long timer = ++_timerCount;
                _timers[set.Id.Kind] = timer;
                Later(set.Delay.Micros / 1_000, () => Fire(set.Id, timer));
                break;
            case ConsensusEffect.CancelTimeout cancel:
                _timers.Remove(cancel.Kind);
                break;
            case ConsensusEffect.RequestProposal request:
                _requested = request.Height;
                _taken = request.Taken;
                TryOffer();
                break;
            case ConsensusEffect.RequestPayload request:
                Later(net.Random.Next(10), () => Pull(request.Block, request.From.Value));
                break;
            case ConsensusEffect.CatchUp catchUp:
                Later(2 + net.Random.Next(20), () => FetchFrom(catchUp.Peer.Value, catchUp.From));
                break;
            case ConsensusEffect.Checkpointed checkpoint:
                Assert(net.Community.Verifier.Check(checkpoint.Certificate, net.Community.Set) == MessageRefusal.None);
                _certified = checkpoint.Certificate.Height;
                break;
            case ConsensusEffect.Mine mine:
                Mine(mine);
                break;
            case ConsensusEffect.CancelMining:
                _job++;
                break;
            case ConsensusEffect.Diverged or ConsensusEffect.DeepFork:
                Assert(isLiar);
                break;
        }
    }

    private Verified<SignedMessage> Sign(ConsensusMessage message)
    {
        if (!isLiar)
        {
            net.Checker.Said(index, message, _records);
        }

        return net.Community.Sign(index, message);
    }

    private void Fire(TimeoutId id, long timer)
    {
        if (_timers.TryGetValue(id.Kind, out long current) && current == timer)
        {
            Step(new ConsensusInput.TimeoutElapsed(id));
        }
    }

    private void TryOffer()
    {
        if (_requested is { } height && IsUp)
        {
            Hash32[] waiting = [.. _mempool
                .Where(batch => !_taken.Contains(batch)
                    && !_chain.Exists(decision => decision.Block.Batches.Contains(batch)))
                .Take(2)];
            if (waiting.Length > 0)
            {
                _requested = null;
                Later(0, () => Step(new ConsensusInput.WorkOffered(height, waiting)));
            }
        }
    }

    private void Pull(Block block, int from)
    {
        bool served = net.Server(from) is { } server && block.Batches.All(server._mempool.Contains);
        if (served || block.Batches.All(_mempool.Contains))
        {
            foreach (Hash32 batch in block.Batches)
            {
                AddBatch(batch);
            }

            Step(new ConsensusInput.PayloadReady(block.Hash));
        }
    }

    private void FetchFrom(int peer, Height from)
    {
        if (net.Server(peer) is not { } server)
        {
            return;
        }

        foreach (Decision decision in server._chain.Skip((int)from.Value - 1).Take(2))
        {
            BorshWriter writer = new();
            decision.Encode(writer);
            BorshReader reader = new(writer.WrittenSpan);
            Decision copy = Decision.Decode(ref reader) ?? throw new InvalidOperationException("unreadable decision");
            Assert(net.Community.Verifier.Verify(copy, net.Community.Set, out Verified<Decision> verified)
                == MessageRefusal.None);
            Step(new ConsensusInput.Caught(verified));
        }
    }

    private ConsensusInput.Applied AppliedOf(Block block) => new(
        block.Height, Hash32.Of([.. block.Hash.ToArray(), 1]), block.Hash, net.Community.Set);

    private static void Assert(bool holds)
    {
        if (!holds)
        {
            throw new InvalidOperationException("an assertion of the simulation does not hold");
        }
    }
}
