using System;
using System.Collections.Generic;
using System.Linq;
using EnergyNode.Actors.Node;
using EnergyNode.Actors.Ports;
using EnergyNode.Consensus;
using EnergyNode.Consensus.Evidence;
using EnergyNode.Ledger;

namespace EnergyNode.Simulation;

/// <summary>
/// Lets more than f of the validators of a whole cluster fork the chain, and then asks of each honest node's journal,
/// with a certificate of the other chain, who did it (docs/spec/evidence.md, E20).
/// </summary>
public sealed class ForkTrial
{
    private static readonly Duration LongestLatency = Duration.FromMillis(50);
    private static readonly Duration HealsAt = Duration.FromSeconds(30);

    /// <summary>Time for gossip between both chains; nothing is expected to go on.</summary>
    private static readonly Duration Aftermath = Duration.FromSeconds(3);

    private const int MostDetours = 2;

    private static readonly string[] Streams =
        [PersistenceIds.Blocks, PersistenceIds.Evidence, PersistenceIds.Statements];

    private readonly ForkOptions _options;
    private readonly int[] _liars;
    private readonly ForkPlan _fork;
    private readonly FaultPlan _plan;
    private readonly Dictionary<int, IReadOnlyList<JournalRecord>> _journals = [];

    private ForkTrial(ForkOptions options)
    {
        options.Check();
        _options = options;
        Dice dice = new(options.Seed, "fork");
        int count = options.Liars ?? dice.Between(options.Tolerated + 1, 2 * options.Tolerated);
        int[] order = FaultPlanner.Order(dice, options.Validators);
        bool isPos = options.Protocol == ConsensusProtocol.Pos;
        bool isLater = dice.Chance(500);
        int detours = isPos && dice.Chance(500) ? dice.Between(1, MostDetours) : 0;
        if (!isLater && !isPos)
        {
            // Leaders are sticky: the first one must be of the party.
            int first = Array.IndexOf(order, 0);
            (order[0], order[first]) = (order[first], order[0]);
        }

        _liars = [.. order[..count].Order()];
        int least = options.Quorum - count;
        int far = dice.Between(least, options.Validators - count - least);
        _fork = new ForkPlan(
            order[count..(count + far)].ToHashSet(), new Height(isLater ? 1 : dice.Between(1, 4)), isLater, detours);
        bool isCut = _fork.IsOverViews || dice.Chance(500);
        Duration latency = dice.Between(Duration.FromMillis(1), LongestLatency);
        _plan = new FaultPlan(
            LinkFaults.None with { MinLatency = latency, MaxLatency = LongestLatency },
            DiskFaults.None,
            [],
            isCut ? Cuts(order[count..]) : [],
            HealsAt)
        {
            Liars = [.. _liars.Select(node => new LiarPlan(node, []))],
            Fork = _fork,
        };
    }

    public static ForkOutcome Run(ForkOptions options) => new ForkTrial(options).Run();

    private ForkOutcome Run()
    {
        SimulationReport report = SimulatedCluster.Run(
            Simulation() with { Faults = _plan, Sabotage = new Sabotage { AtEnd = Collect } });
        Dictionary<int, SortedDictionary<Height, Decision>> chains = [];
        foreach ((int node, IReadOnlyList<JournalRecord> journal) in _journals)
        {
            chains.Add(node, ChainOf(journal));
        }

        SimulatedKeys keys = new();
        GenesisBlock genesis = new SimulatedMarket(Simulation(), keys, SimulatedCluster.Epoch).Genesis;
        Height? fork = FindFork(chains);
        return new ForkOutcome(
            _options,
            fork,
            _fork.IsOverViews,
            _liars,
            _options.Tolerated + 1,
            fork is { } height ? Ask(chains, height, genesis, keys) : [],
            [.. report.Violations.Where(IsUnexpected)])
        {
            Journals = _journals,
            Genesis = genesis,
            Ending = string.Join("; ", report.Violations.Where(found => found.Kind == ViolationKind.Liveness)),
            Signatures = keys,
        };
    }

    private SimulationOptions Simulation() => new()
    {
        Seed = _options.Seed,
        Protocol = _options.Protocol,
        Validators = _options.Validators,
        Homes = 2,
        Epochs = 8,
        LivenessLimit = Aftermath,
    };

    /// <summary>The far ones and the others do not hear each other.</summary>
    private List<FaultEvent> Cuts(int[] honest)
    {
        List<FaultEvent> cuts = [];
        foreach (int from in honest)
        {
            foreach (int to in honest)
            {
                if (_fork.Far.Contains(from) != _fork.Far.Contains(to))
                {
                    cuts.Add(new FaultEvent.CutOneWay(default, from, to));
                }
            }
        }

        return cuts;
    }

    private void Collect(IReadOnlyList<SimulatedNode> nodes)
    {
        foreach (SimulatedNode node in nodes)
        {
            if (node.IsHonest)
            {
                _journals.Add(
                    node.Index,
                    [.. Streams.SelectMany(stream => node.Disk.Read(stream, 1, node.Disk.Highest(stream)))]);
            }
        }
    }

    private static bool IsUnexpected(Violation found) =>
        found.Kind is not (ViolationKind.Agreement or ViolationKind.Liveness);

    private static SortedDictionary<Height, Decision> ChainOf(IReadOnlyList<JournalRecord> journal)
    {
        SortedDictionary<Height, Decision> chain = [];
        foreach (JournalRecord record in journal)
        {
            if (record.PersistenceId == PersistenceIds.Blocks && ForensicRecords.Decode(record.Payload) is { } decision)
            {
                chain.Add(decision.Block.Height, decision);
            }
        }

        return chain;
    }

    private static Height? FindFork(Dictionary<int, SortedDictionary<Height, Decision>> chains)
    {
        SortedDictionary<Height, Hash32> first = [];
        Height? lowest = null;
        foreach (SortedDictionary<Height, Decision> chain in chains.Values)
        {
            foreach ((Height height, Decision decision) in chain)
            {
                first.TryAdd(height, decision.Block.Hash);
                bool differs = first[height] != decision.Block.Hash;
                lowest = differs && (lowest is not { } known || height < known) ? height : lowest;
            }
        }

        return lowest;
    }

    private static View ViewOf(Decision decision) => ((CommitCertificate)decision.Certificate).View;

    private static Decision? FindOther(Dictionary<int, SortedDictionary<Height, Decision>> chains, Decision own)
    {
        foreach (SortedDictionary<Height, Decision> chain in chains.Values)
        {
            if (chain.TryGetValue(own.Block.Height, out Decision? other) && other.Block.Hash != own.Block.Hash)
            {
                return other;
            }
        }

        return null;
    }

    private List<Testimony> Ask(
        Dictionary<int, SortedDictionary<Height, Decision>> chains,
        Height fork,
        GenesisBlock genesis,
        ISignatureVerifier keys)
    {
        List<Testimony> testimonies = [];
        foreach ((int node, SortedDictionary<Height, Decision> chain) in chains.OrderBy(entry => entry.Key))
        {
            if (chain.TryGetValue(fork, out Decision? own) && FindOther(chains, own) is { } conflicting)
            {
                ForensicInquiry inquiry = new(genesis.Chain, genesis.Consensus, keys, genesis.Validators);
                foreach (JournalRecord record in _journals[node])
                {
                    ForensicRecords.Take(inquiry, record);
                }

                inquiry.Add(conflicting);
                ForensicReport report = inquiry.Report();
                IEnumerable<int> culprits =
                    report.Culprits.Select(proof => genesis.Validators.IndexOf(proof.Culprit)!.Value.Value);
                testimonies.Add(new Testimony(
                    node,
                    _fork.Far.Contains(node),
                    ViewOf(own) < ViewOf(conflicting),
                    [.. culprits.Order()],
                    report.Forks.Count > 0 && report.IsEnough));
            }
        }

        return testimonies;
    }
}
