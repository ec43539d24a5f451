using System;
using System.Collections.Generic;
using System.Linq;
using EnergyNode.Consensus;
using EnergyNode.Ledger;

namespace EnergyNode.Simulation.Twins;

/// <summary>One scenario in progress.</summary>
internal sealed class TwinsRun
{
    private readonly TwinsCluster _cluster;
    private readonly TwinsOptions _options;
    private readonly TwinsScenario _scenario;
    private readonly TwinsReplica[] _replicas;
    private readonly Queue<(TwinsReplica To, ConsensusInput Input)> _inputs = new();
    private readonly List<ConsensusEffect> _effects = [];

    /// <summary>What the first honest validator to get there decided, by height.</summary>
    private readonly List<Hash32> _agreed = [];

    private Instant _now = new(Instant.MicrosPerSecond);
    private int _steps;
    private string? _fork;

    /// <summary>The cut in force; null when there is none.</summary>
    private int? _partition;

    /// <summary>No work is offered above it, so that a phase comes to rest.</summary>
    private Height _highest;

    public TwinsRun(TwinsCluster cluster, TwinsScenario scenario)
    {
        _cluster = cluster;
        _options = cluster.Options;
        _scenario = scenario;
        ValidatorIndex[] leaders =
            [.. Enumerable.Range(0, _options.Rounds).Select(round => scenario.Leader(_options, round))];
        _replicas = [.. Enumerable.Range(0, _options.Replicas).Select(i => cluster.CreateReplica(i, leaders))];
    }

    public TwinsOutcome Play()
    {
        for (int round = 0; round < _options.Rounds && _fork is null; round++)
        {
            _partition = _scenario.Partition(_options, round);
            _highest = new Height(round + 1);
            if (round == 0)
            {
                foreach (TwinsReplica replica in _replicas)
                {
                    Give(replica, new ConsensusInput.Started([]));
                }
            }

            OfferWork();
            RunUntil(_now.Plus(TwinsLimits.PhaseLength), until: null);
        }

        bool isLive = _fork is null && Heal();
        long height = _replicas.Where(r => r.IsHonest).Select(r => r.Chain.Count).DefaultIfEmpty(0).Max();
        string? stall = _fork is null && !isLive ? StallText() : null;
        return new TwinsOutcome(_fork, stall, height, _steps, Fingerprint());
    }

    private bool Heal()
    {
        _partition = null;
        int target = Math.Max(1, _replicas.Where(r => r.IsHonest).Select(r => r.Chain.Count).DefaultIfEmpty(1).Max());
        bool IsDone() => _fork is not null
            || _replicas.All(replica => !replica.IsHonest || replica.Chain.Count >= target);
        RunUntil(_now.Plus(TwinsLimits.HealLimit), IsDone);
        return IsDone();
    }

    private void RunUntil(Instant end, Func<bool>? until)
    {
        Drain();
        while (until is null || !until())
        {
            TwinsReplica? next = null;
            TimeoutKind kind = default;
            Instant due = end;
            foreach (TwinsReplica replica in _replicas)
            {
                if (replica.NextDue(out TimeoutKind candidate) is { } at && at < due)
                {
                    (next, kind, due) = (replica, candidate, at);
                }
            }

            _now = due;
            if (next is null || _fork is not null || _steps == TwinsLimits.MaxSteps)
            {
                return;
            }

            Give(next, new ConsensusInput.TimeoutElapsed(next.Take(kind)));
            Drain();
        }
    }

    private void OfferWork()
    {
        foreach (TwinsReplica replica in _replicas)
        {
            if (replica.Wants is { } height && height <= _highest)
            {
                replica.Wants = null;
                Hash32 batch = TwinsCluster.BatchOf(replica.Number, height);
                Give(replica, new ConsensusInput.WorkOffered(height, [batch]));
            }
        }
    }

    private void Give(TwinsReplica to, ConsensusInput input) => _inputs.Enqueue((to, input));

    /// <summary>Handles what is there and what comes of it, but not without end.</summary>
    private void Drain()
    {
        int last = Math.Min(_steps + TwinsLimits.InputsAtOnce, TwinsLimits.MaxSteps);
        while (_fork is null && _steps < last && _inputs.TryDequeue(out (TwinsReplica To, ConsensusInput Input) next))
        {
            _steps++;
            next.To.Machine.Step(next.Input, _now, _effects);
            foreach (ConsensusEffect effect in _effects)
            {
                Perform(next.To, effect);
            }

            _effects.Clear();
            OfferWork();
        }
    }

    private void Perform(TwinsReplica from, ConsensusEffect effect)
    {
        switch (effect)
        {
            case ConsensusEffect.Broadcast broadcast:
                Verified<SignedMessage> own = _cluster.SignerOf(from).Sign(broadcast.Message, from.Index);
                Give(from, new ConsensusInput.Received(own));
                Transmit(from, null, own.Value);
                break;
            case ConsensusEffect.Send send:
                Transmit(from, send.To, _cluster.SignerOf(from).Sign(send.Message, from.Index).Value);
                break;
            case ConsensusEffect.Relay relay:
                Transmit(from, relay.To, relay.Message);
                break;
            case ConsensusEffect.SetTimeout timeout:
                from.Set(timeout.Id, _now.Plus(timeout.Delay));
                break;
            case ConsensusEffect.CancelTimeout cancel:
                from.Cancel(cancel.Kind);
                break;
            case ConsensusEffect.RequestProposal request:
                from.Wants = request.Height;
                break;
            case ConsensusEffect.RequestPayload request:
                Give(from, new ConsensusInput.PayloadReady(request.Block.Hash));
                break;
            case ConsensusEffect.Finalize finalize:
                Decide(from, finalize.Decision);
                break;
            case ConsensusEffect.CatchUp request:
                Fetch(from, request);
                break;
            case ConsensusEffect.Diverged diverged:
                Report($"replica {from.Number} and a quorum differ in the state after block {diverged.Height}");
                break;
            case ConsensusEffect.Persist or ConsensusEffect.Checkpointed:
                break;
            default:
                throw new InvalidOperationException($"Twins cannot do {effect.GetType().Name}.");
        }
    }

    /// <param name="to">Null for all; a place in the set that is held twice gets it twice.</param>
    private void Transmit(TwinsReplica from, ValidatorIndex? to, SignedMessage message)
    {
        MessageRefusal refusal = _cluster.Verifier.Verify(
            message.ToArray(), _cluster.Set, Height.Genesis, out Verified<SignedMessage> verified);
        if (refusal != MessageRefusal.None)
        {
            throw new InvalidOperationException(
                $"Scenario {_scenario}: {message.Message} of replica {from.Number} is refused: {refusal}.");
        }

        foreach (TwinsReplica replica in _replicas)
        {
            bool isMeant = replica.Index != from.Index && (to is null || replica.Index == to);
            if (isMeant && Reach(from, replica))
            {
                Give(replica, new ConsensusInput.Received(verified));
            }
        }
    }

    private bool Reach(TwinsReplica a, TwinsReplica b) =>
        _partition is not { } cut || TwinsScenario.Joins(cut, a.Number, b.Number);

    private void Decide(TwinsReplica replica, Decision decision)
    {
        replica.Chain.Add(decision);
        Block block = decision.Block;
        if (replica.IsHonest)
        {
            int at = (int)block.Height.Value - 1;
            if (at == _agreed.Count)
            {
                _agreed.Add(block.Hash);
            }
            else if (_agreed[at] != block.Hash)
            {
                Report($"validator {replica.Index.Value} decided another block {block.Height} than the others");
            }
        }

        Give(replica, new ConsensusInput.Applied(block.Height, block.Hash, block.Hash, _cluster.Set));
    }

    private void Fetch(TwinsReplica asker, ConsensusEffect.CatchUp request)
    {
        int at = (int)request.From.Value - 1;
        TwinsReplica? source = _replicas.FirstOrDefault(
            r => r.Index == request.Peer && Reach(asker, r) && r.Chain.Count > at);
        if (source is not null && _cluster.Verifier.Verify(
            source.Chain[at], _cluster.Set, out Verified<Decision> verified) == MessageRefusal.None)
        {
            Give(asker, new ConsensusInput.Caught(verified));
        }
    }

    private void Report(string text) => _fork ??= text;

    private string StallText() => "after healing the honest validators stand at heights "
        + string.Join(", ", _replicas.Where(replica => replica.IsHonest).Select(replica => replica.Chain.Count));

    private ulong Fingerprint()
    {
        ulong fingerprint = _scenario.Code;
        foreach (TwinsReplica replica in _replicas.Where(replica => replica.IsHonest))
        {
            foreach (Decision decision in replica.Chain)
            {
                fingerprint = Simulation.Fingerprint.Of(decision.Block.Hash.ToArray(), fingerprint);
            }
        }

        return fingerprint;
    }
}
