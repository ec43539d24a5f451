using System;
using System.Collections.Generic;
using System.Linq;
using EnergyNode.Actors;
using EnergyNode.Actors.Node;
using EnergyNode.Consensus;
using EnergyNode.Ledger;

namespace EnergyNode.Simulation;

/// <summary>
/// A whole cluster on one thread and one seed: the real actors, encoded frames, disks and clocks, a client, faults, and
/// checkers that watch every event. It ends when all is done after healing, or when the time for that is over.
/// </summary>
public sealed class SimulatedCluster
{
    /// <summary>As often as each node is looked at, it has made some 16 steps.</summary>
    private const int StepsBetweenChecks = 16;

    internal static readonly Instant Epoch = Instant.FromSeconds(1_800_000_000);
    private static readonly Duration FirstEpoch = Duration.FromMillis(200);
    private static readonly Duration Settling = Duration.FromSeconds(5);

    private readonly SimulatedWorld _world;
    private readonly SimulationOptions _options;
    private readonly ReferenceLedger _reference;
    private readonly SimulatedGateway _gateway;
    private readonly SimulatedMarket _market;
    private readonly List<SimulatedNode> _nodes = [];
    private readonly List<int> _crashedLeaders = [];
    private readonly HashSet<PublicKey> _strangers = [];
    private readonly HashSet<int> _isolated = [];
    private readonly LevelWatch _level = new(Epoch);
    private readonly FrameTrace _trace = new();
    private int _crashes;
    private bool _isHealed;

    private SimulatedCluster(SimulationOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Validators, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Validators, Ledger.Limits.MaxValidators);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Homes, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Epochs, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(options.Joiners);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(options.Joiners, options.Validators);
        _options = options;
        SeededRunner runner = new(options.Seed, Epoch);
        ViolationLog log = new(runner);
        SimulatedKeys keys = new();
        SimulatedMarket market = new(options, keys, Epoch);
        SimulatedNetwork network = new(runner, new Dice(options.Seed, "network"));
        FaultPlan plan = FaultPlan.ThoughtUp(options);
        SharedWork shared = new();
        _reference = new ReferenceLedger(
            market.Genesis, keys, shared.Hashes, new Dice(options.Seed, "books"), log);
        if (options.Sabotage?.Book is { } book)
        {
            _reference.RunBook = book;
        }

        ChainChecker chain = new(market.Genesis, keys, _reference, log, runner);
        EvidenceChecker evidence = new(
            market.Genesis,
            keys,
            runner,
            log,
            chain,
            options.Validators + options.Joiners,
            shared.Verifications);
        evidence.Liars.UnionWith(options.Sabotage?.Liars ?? []);
        evidence.Liars.UnionWith(plan.Liars.Select(liar => liar.Node));
        chain.Evidence = evidence;
        chain.MayFork = ForkPromise.MayFork(options, plan);
        HashSet<PublicKey> liars =
            [.. evidence.Liars.Select(node => keys.Signer(SimulatedMarket.ValidatorName(node)).PublicKey)];
        PolkaLog polkas = new(chain.SetOf, liars.Contains);
        _world = new SimulatedWorld(
            options, plan, runner, Epoch, keys, market.Genesis, network, chain, log, evidence, shared, polkas);
        network.Faults = plan.Links;
        network.OnSent = OnSent;
        network.OnDelivered = OnDelivered;
        network.OnPunished = OnPunished;
        for (int i = 0; i < options.Validators + options.Joiners; i++)
        {
            _nodes.Add(new SimulatedNode(_world, i, keys.Signer(SimulatedMarket.ValidatorName(i)))
            {
                Skew = i < plan.Skews.Count ? plan.Skews[i] : default,
            });
        }

        _market = market;
        _gateway = new SimulatedGateway(_world, market);
        for (int i = 0; i < plan.Sybils; i++)
        {
            _strangers.Add(new SimulatedSybil(_world, i).Key);
        }
    }

    private SeededRunner Runner => _world.Runner;

    public static SimulationReport Run(SimulationOptions options) => new SimulatedCluster(options).Run();

    private SimulationReport Run()
    {
        foreach (SimulatedNode node in _nodes)
        {
            node.Start();
        }

        ScheduleWork();
        ScheduleFaults();
        Instant healed = Epoch.Plus(_world.Plan.HealsAt);
        RunUntil(healed, untilDone: false);
        Heal();
        Duration? recovery = null;
        bool isDone = RunUntil(healed.Plus(_options.LivenessLimit), untilDone: true);
        if (_world.Chain.DetectedForks > 0)
        {
            // What this protocol promises then is that somebody notices.
            return Report(null);
        }

        if (_world.Chain.Conflict is { } conflict)
        {
            _world.Log.Add(ViolationKind.Agreement, conflict + "; no node has noticed");
        }

        if (isDone)
        {
            recovery = Runner.Now.Since(healed);
            RunUntil(Runner.Now.Plus(Settling), untilDone: false);

            // Blocks with evidence may still be made: who is one behind just now must be level soon.
            if (!_world.Log.HasSafety && !RunUntil(Runner.Now.Plus(Settling), untilDone: true))
            {
                _world.Log.Add(
                    ViolationKind.Liveness, "the nodes drifted apart again after all was done: " + Missing());
            }
        }
        else if (!_world.Log.HasSafety)
        {
            _world.Log.Add(ViolationKind.Liveness, Missing());
        }

        return Report(recovery);
    }

    private void ScheduleWork()
    {
        long interval = _world.Plan.HealsAt.Micros / _options.Epochs;
        for (int i = 0; i < _options.Epochs; i++)
        {
            int epoch = i;
            Runner.Schedule(new Duration(FirstEpoch.Micros + (interval * i)), () => _gateway.Submit(epoch));
        }

        for (int i = 0; i < _market.Membership?.Count; i++)
        {
            int step = i;
            SimulatedMembership membership = _market.Membership;
            Runner.Schedule(
                membership.At(step, _world.Plan.HealsAt),
                () => _gateway.Submit(membership.Batch(step, Runner.Now)));
        }

        _market.Changes?.Start(_world, _reference, _gateway);
    }

    private void ScheduleFaults()
    {
        foreach (FaultEvent fault in _world.Plan.Timeline)
        {
            if (fault.At.Micros < _world.Plan.HealsAt.Micros)
            {
                Runner.Schedule(fault.At, () => Happen(fault));
            }
        }
    }

    private void Happen(FaultEvent fault)
    {
        switch (fault)
        {
            case FaultEvent.Crash crash:
                Crash(crash.Node);
                break;
            case FaultEvent.Restart { Node: FaultEvent.Leader }:
                _crashedLeaders.ForEach(node => _nodes[node].Start());
                _crashedLeaders.Clear();
                break;
            case FaultEvent.Restart restart:
                _nodes[restart.Node].Start();
                break;
            case FaultEvent.Partition partition:
                _level.GiveUp();
                Cut(partition.Groups);
                break;
            case FaultEvent.Isolate isolate:
                _level.GiveUp();
                Cut([[.. Enumerable.Range(0, _nodes.Count).Except([Find(isolate.Node)])]]);
                break;
            case FaultEvent.CutOneWay cut:
                _world.Network.Cut(_nodes[cut.From].Key, _nodes[cut.To].Key, cut.IsPermanent);
                if (cut.IsPermanent)
                {
                    _isolated.Add(cut.From);
                }

                break;
            case FaultEvent.Pause pause:
                _nodes[Find(pause.Node)].Pause(pause.For);
                break;
            case FaultEvent.FillDisk fill:
                _nodes[fill.Node].Damage(fill);
                break;
            case FaultEvent.RotDisk rot:
                _nodes[rot.Node].Damage(rot);
                break;
            case FaultEvent.MisdirectWrite misdirect:
                _nodes[misdirect.Node].Damage(misdirect);
                break;
            case FaultEvent.Wipe wipe:
                _nodes[wipe.Node].Wipe();
                break;
            case FaultEvent.Heal:
                _world.Network.Heal();
                _level.Healed(Runner.Now, _world.Chain.Height);
                break;
            case FaultEvent.SetLinks set:
                _world.Network.Faults = set.Links;
                break;
        }
    }

    private void Crash(int who)
    {
        int index = Find(who);
        if (_nodes[index].IsUp)
        {
            _crashes++;
            _nodes[index].Crash();
            if (who == FaultEvent.Leader)
            {
                _crashedLeaders.Add(index);
            }
        }
    }

    private int Find(int who) => who == FaultEvent.Leader ? CurrentLeader() : who;

    /// <summary>As the node sees it that is furthest.</summary>
    private int CurrentLeader()
    {
        ConsensusStatus? best = null;
        foreach (SimulatedNode node in _nodes)
        {
            if (node.Status is { } status
                && (best is not { } other || (status.Height, status.View).CompareTo((other.Height, other.View)) > 0))
            {
                best = status;
            }
        }

        if (best is not { } found)
        {
            return 0;
        }

        // A node that has not executed the block below a border still counts in the set before it.
        Height since = _world.Chain.SetSince(found.Height);
        ValidatorSet set = _world.Chain.SetOf(found.Height);
        set = set.Contains(found.Leader) ? set : _world.Chain.SetOf(new Height(since.Value - 1));
        PublicKey leader = set[found.Leader].Key;
        return Math.Max(0, _nodes.FindIndex(node => node.Key == leader));
    }

    private void Cut(IReadOnlyList<IReadOnlyList<int>> groups)
    {
        int[] groupOf = new int[_nodes.Count];
        for (int i = 0; i < groupOf.Length; i++)
        {
            groupOf[i] = -1 - i;
        }

        for (int group = 0; group < groups.Count; group++)
        {
            foreach (int node in groups[group])
            {
                groupOf[node] = group;
            }
        }

        for (int i = 0; i < groupOf.Length; i++)
        {
            for (int j = 0; j < groupOf.Length; j++)
            {
                if (groupOf[i] != groupOf[j])
                {
                    _world.Network.Cut(_nodes[i].Key, _nodes[j].Key);
                }
            }
        }
    }

    private void Heal()
    {
        _isHealed = true;
        _world.Network.Faults = LinkFaults.None;
        foreach (SimulatedNode node in _nodes)
        {
            if (!node.HasLostStorage)
            {
                node.Start();
            }
        }

        ReplaceDisks();

        _world.Network.Heal();
    }

    /// <returns>Whether all is done, if that was asked for.</returns>
    private bool RunUntil(Instant end, bool untilDone)
    {
        int steps = 0;
        while (!_world.Log.HasSafety && _world.Chain.DetectedForks == 0 && Runner.Now < end && Runner.RunOne())
        {
            if (_level.IsOpen)
            {
                _level.Check(Runner.Now, _world.Chain.Height, _nodes.Where(node => node.IsUp && IsExpected(node)));
            }

            if (++steps == StepsBetweenChecks * _nodes.Count)
            {
                steps = 0;
                CheckNodes();
                if (untilDone && IsDone())
                {
                    return true;
                }
            }
        }

        CheckNodes();
        return untilDone && !_world.Log.HasSafety && IsDone();
    }

    private void CheckNodes()
    {
        foreach (SimulatedNode node in _nodes)
        {
            node.CheckAlive();
        }

        if (_isHealed)
        {
            ReplaceDisks();
        }
    }

    /// <summary>A validator that has lost its storage comes back with its key.</summary>
    private void ReplaceDisks()
    {
        foreach (SimulatedNode node in _nodes)
        {
            if (node.HasLostStorage)
            {
                node.ReplaceDisk();
            }
        }
    }

    /// <summary>Whether it must have everything in the end: it does not lie (whoever is proved to is cut off), has its
    /// storage, and hears the others.</summary>
    private bool IsExpected(SimulatedNode node) =>
        node.IsHonest
        && !_world.Evidence.Liars.Contains(node.Index)
        && !node.HasLostStorage
        && !_isolated.Contains(node.Index);

    private bool IsDone()
    {
        if (_gateway.Finished < _options.Epochs + (_market.Membership?.Count ?? 0)
            || _reference.EpochsClosed < _options.Epochs || _reference.ProtocolChanges < _options.Changes.Count
            || (_market.Changes is not null && _gateway.Finished < _gateway.Submitted))
        {
            return false;
        }

        foreach (SimulatedNode node in _nodes)
        {
            if (IsExpected(node) && node.Height != _world.Chain.Height)
            {
                return false;
            }
        }

        return true;
    }

    private string Missing()
    {
        List<string> heights = [];
        foreach (SimulatedNode node in _nodes)
        {
            string name = node.Name + (node.IsHonest ? "" : " (lying)");
            heights.Add(
                $"{name} at {node.Height}, working at {node.Status?.Height} view {node.Status?.View}");
        }

        return $"{_reference.EpochsClosed} of {_options.Epochs} epochs closed, {_gateway.Finished} confirmed; "
            + string.Join(", ", heights);
    }

    private void OnSent(SentFrame frame)
    {
        _trace.Sent(frame);
        if (frame.From < _nodes.Count)
        {
            _nodes[frame.From].OnSent(frame);
        }
    }

    private void OnDelivered(SentFrame frame)
    {
        _trace.Arrived(frame);
        _world.Evidence.OnDelivered(frame);
    }

    /// <summary>Whatever an honest node sends must never be held against it by another honest one.</summary>
    private void OnPunished(int by, PublicKey whom, Duration time, string reason)
    {
        if (!_strangers.Contains(whom) && !_world.Evidence.OnRefused(by, whom) && _nodes[by].IsHonest)
        {
            string name = _nodes.Find(node => node.Key == whom)?.Name ?? "the client";
            _world.Log.Add(
                ViolationKind.HonestPunished, $"{_nodes[by].Name} punishes {name} for {time}: {reason}");
        }
    }

    private SimulationReport Report(Duration? recovery)
    {
        _options.Sabotage?.AtEnd?.Invoke(_nodes);
        Hash32 root = _reference.Height == Height.Genesis ? default : _reference.Find(_reference.Height)!.StateRoot;
        _trace.Add(Runner.TraceHash);
        _trace.Add((ulong)Runner.Now.Micros);
        _trace.Add(root.ToArray());
        return new SimulationReport(
            _options.Seed,
            _world.Genesis.Consensus.Word(),
            _options.Validators,
            _world.Chain.Height,
            _reference.EpochsClosed,
            root,
            _world.Log.Found,
            _trace.Value,
            Runner.Now.Since(Epoch),
            recovery,
            [.. _world.Chain.DecidedAt.Select(time => time.Since(Epoch))],
            _world.Network.Sent,
            _world.Network.Lost,
            _crashes,
            Runner.Steps)
        {
            Liars = _world.Plan.Liars,
            SetChanges = _reference.SetChanges,
            ProtocolChanges = _reference.ProtocolChanges,
            LastSet = [.. _reference.Validators.Validators.Select(validator => validator.Name.ToString())],
            Slashed = _reference.Slashed,
            Evidence = _world.Evidence.Report(),
            Levels = _level.Reports,
            LoudStops = _nodes.Sum(node => node.LoudStops),
            DetectedForks = _world.Chain.DetectedForks,
            LateBlocks = Late(_ => 1),
            LateCommands = Late(_reference.Commands),
        };
    }

    /// <summary>Sums over the blocks that were decided in the second half of the time before healing.</summary>
    private long Late(Func<Height, int> weight)
    {
        long sum = 0;
        long end = _world.Plan.HealsAt.Micros;
        for (int i = 0; i < _world.Chain.DecidedAt.Count; i++)
        {
            long at = _world.Chain.DecidedAt[i].Since(Epoch).Micros;
            sum += at >= end / 2 && at < end ? weight(new Height(i + 1)) : 0;
        }

        return sum;
    }
}
