using System;
using System.Collections.Generic;
using System.Linq;
using EnergyNode.Ledger;

namespace EnergyNode.Consensus.Tests.Support;

/// <summary>
/// Bare machines in virtual time: encoded messages through a network that loses, delays, repeats and reorders, disks
/// that lose what was not yet durable, and liars. One seed, one run.
/// </summary>
internal sealed class SimNet
{
    private readonly PriorityQueue<Action, (long Time, long Order)> _events = new();
    private readonly Chaos _chaos;
    private readonly List<Grudge> _grudges = [];
    private long _order;

    public SimNet(ulong seed, Chaos chaos)
    {
        _chaos = chaos;
        Random = new Xorshift(seed);
        Community = new Community(chaos.Protocol, chaos.Powers);
        List<int> indexes = [.. Enumerable.Range(0, chaos.Validators)];
        UInt128 lyingPower = 0;
        for (int i = 0; i < chaos.Liars; i++)
        {
            int liar = indexes[Random.Next(indexes.Count)];
            UInt128 power = lyingPower + Community.Power.Of(new ValidatorIndex(liar));
            if (power * 3 < Community.Power.Total)
            {
                lyingPower = power;
                indexes.Remove(liar);
                AddTwins(liar);
            }
        }

        Honest = [.. indexes.Select(i => new SimReplica(this, i, isLiar: false, _ => true))];
        Replicas.AddRange(Honest);
        Observers = [.. Enumerable.Range(chaos.Validators, chaos.Observers)
            .Select(i => new SimReplica(this, i, isLiar: false, _ => true))];
        Replicas.AddRange(Observers);
        for (int i = 0; i < chaos.Grudges; i++)
        {
            int firstKind = chaos.Protocol switch
            {
                ConsensusProtocol.Pos => Statement.ProposalTag,
                ConsensusProtocol.Pow => Statement.MinedTag,
                _ => Statement.PrePrepareTag,
            };
            int allKinds = Random.Percent(30) ? 0 : Random.Next(1 << 4) << firstKind;
            _grudges.Add(new Grudge(
                Random.Next((int)Chaos.HealsAt), Random.Next(800), allKinds, Random.Next(1 << chaos.Validators)));
        }

        Checker = new SimChecker(Community, new LockChecker(Community, lyingPower));
        Watch = new SentinelWatch(Community, [.. Honest.Select(node => node.Index)]);
    }

    public Community Community { get; }

    public Xorshift Random { get; }

    public SimChecker Checker { get; }

    /// <summary>A sentinel that misses nothing that anybody says.</summary>
    public SentinelWatch Watch { get; }

    /// <summary>All of them; a liar is two replicas with one key.</summary>
    public List<SimReplica> Replicas { get; } = [];

    public IReadOnlyList<SimReplica> Honest { get; }

    public IReadOnlyList<SimReplica> Observers { get; }

    /// <summary>Nobody knows whether the chain is new.</summary>
    public bool IsBlank => _chaos.Blank;

    /// <summary>Who lost its storage.</summary>
    public SimReplica? Wiped { get; private set; }

    /// <summary>Heights that PBFT has in flight.</summary>
    public int Window => _chaos.Window;

    /// <summary>Validators and observers.</summary>
    public int Nodes => Community.Set.Count + Observers.Count;

    /// <summary>Virtual milliseconds.</summary>
    public long Now { get; private set; }

    public bool IsHealed => Now >= Chaos.HealsAt;

    public void After(long millis, Action action) => _events.Enqueue(action, (Now + millis, _order++));

    public void Run()
    {
        Hash32[] batches = [.. Enumerable.Range(0, _chaos.Batches).Select(i => Community.NameHash($"batch {i}"))];
        foreach (SimReplica replica in Replicas)
        {
            After(Random.Next(20), replica.Start);
        }

        foreach (Hash32 batch in batches)
        {
            long sent = Random.Next((int)Chaos.HealsAt);
            foreach (SimReplica replica in Replicas)
            {
                After(sent + Random.Next(200), () => replica.AddBatch(batch));
            }
        }

        ScheduleCrashes();
        if (_chaos.Wipes)
        {
            Wiped = Honest[Random.Next(Honest.Count)];
            After(200 + Random.Next(1_500), Wiped.Wipe);
        }

        ScheduleLies();
        long deadline = Chaos.HealsAt + Chaos.Patience;
        while (_events.TryDequeue(out Action? action, out (long Time, long Order) key) && key.Time <= deadline)
        {
            Now = key.Time;
            action();
            if (IsHealed && IsDone(batches))
            {
                return;
            }
        }

        string state = string.Join("; ", Replicas.Select(node => node.ToString()));
        throw new InvalidOperationException($"not everything was decided by {deadline} ms: {state}");
    }

    private bool IsDone(Hash32[] batches) =>
        Honest.All(node => node.HasDecided(batches) && node.HasCheckpoint)
        && Observers.All(node => node.HasDecided(batches));

    private void ScheduleCrashes()
    {
        for (int i = 0; i < _chaos.Crashes; i++)
        {
            SimReplica victim = Honest[Random.Next(Honest.Count)];
            long at = Random.Next((int)Chaos.HealsAt - 500);
            After(at, victim.Crash);
            After(at + 1 + Random.Next(400), victim.Start);
        }
    }

    public void Send(int from, int to, byte[] wire)
    {
        Watch.Saw(wire);
        bool isHated = _grudges.Exists(grudge => grudge.Hits(Now, wire[Grudge.TagOffset], to));
        if (!IsHealed && (isHated || Random.Percent(_chaos.LossPercent)))
        {
            return;
        }

        int copies = !IsHealed && Random.Percent(_chaos.DuplicatePercent) ? 2 : 1;
        for (int i = 0; i < copies; i++)
        {
            long delay = 1 + (!IsHealed && Random.Percent(10) ? Random.Next(300) : Random.Next(15));
            foreach (SimReplica replica in Replicas.Where(replica => replica.Index == to))
            {
                After(delay, () => replica.Deliver(wire));
            }
        }
    }

    /// <summary>An honest replica that runs; liars never serve.</summary>
    public SimReplica? Server(int index) => Honest.FirstOrDefault(node => node.Index == index && node.IsUp);

    /// <summary>The worst moment to crash: a vote has just left.</summary>
    public void MaybeCrash(SimReplica replica)
    {
        if (!IsHealed && !replica.IsLiar && _chaos.Crashes > 0 && Random.Percent(2))
        {
            After(1, replica.Crash);
            After(2 + Random.Next(300), replica.Start);
        }
    }

    private void AddTwins(int index)
    {
        int audience = Random.Next(1 << _chaos.Validators);
        Replicas.Add(new SimReplica(this, index, isLiar: true, to => (audience >> to & 1) == 1));
        Replicas.Add(new SimReplica(this, index, isLiar: true, to => (audience >> to & 1) == 0));
    }

    private void ScheduleLies()
    {
        foreach (SimReplica liar in Replicas.Where(replica => replica.IsLiar))
        {
            if (Random.Percent(50))
            {
                After(Random.Next((int)Chaos.HealsAt), liar.ForgetEverything);
            }

            for (int i = 0; i < 60; i++)
            {
                After(Random.Next((int)Chaos.HealsAt), () => Lie(liar));
            }
        }
    }

    private void Lie(SimReplica liar)
    {
        int to = Random.Next(_chaos.Validators);
        if (Random.Percent(50) && liar.Heard.Count > 0)
        {
            Send(liar.Index, to, liar.Heard[Random.Next(liar.Heard.Count)]);
            return;
        }

        Height height = new(Math.Max(1, liar.Height.Value + Random.Next(4) - 1));
        View view = new(Random.Next(5));
        Hash32 hash = liar.SomeHash();
        ConsensusMessage message = Random.Next(5) switch
        {
            3 => new ConsensusMessage.Status(new Height(height.Value + Random.Next(100)), view, Height.Genesis),
            4 => new ConsensusMessage.CheckpointVote(height, hash, hash, hash),
            int vote => Vote(vote, height, view, hash),
        };
        Send(liar.Index, to, Community.Sign(liar.Index, message).Value.ToArray());
    }

    private ConsensusMessage Vote(int kind, Height height, View view, Hash32 hash)
    {
        bool isNil = Community.Protocol == ConsensusProtocol.Pos && Random.Percent(40);
        return (Community.Protocol, kind) switch
        {
            (ConsensusProtocol.Pbft, 0) => new ConsensusMessage.Prepare(height, view, hash),
            (ConsensusProtocol.Pbft, 1) => new ConsensusMessage.Commit(height, view, hash),
            (ConsensusProtocol.Pbft, _) => Community.Change(new Height(1), view.Next),
            (ConsensusProtocol.Pow, 0) => new ConsensusMessage.WantBranch(height, hash, new Height(height.Value - 1)),
            (ConsensusProtocol.Pow, _) => new ConsensusMessage.Tip(height, hash),
            (_, 0) => new ConsensusMessage.Prevote(height, view, isNil ? null : hash),
            _ => new ConsensusMessage.Precommit(height, view, isNil ? null : hash),
        };
    }
}
