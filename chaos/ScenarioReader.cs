using System;
using System.Collections.Generic;
using EnergyNode.Actors.Configuration;
using EnergyNode.Ledger;
using EnergyNode.Simulation;

namespace EnergyNode.Chaos;

/// <summary>Reads a scenario file. Nodes are numbered from 1, as their names are.</summary>
internal static class ScenarioReader
{
    private const int MaxValidators = Ledger.Limits.MaxValidators;
    private const int MaxHomes = 1_000;
    private const int MaxEpochs = 10_000;
    private const int MaxSybils = 100;
    private const int MaxChanges = 8;

    /// <exception cref="HoconException">The first mistake, with file and line.</exception>
    public static Scenario Read(string text, string file)
    {
        HoconObject root = HoconParser.Parse(text, file);
        StrictSection top = new(root, "a scenario file", "scenario");
        StrictSection scenario = top.Section(
            "scenario",
            "name", "description", "long", "seed", "protocol", "then", "validators", "joiners", "byzantine",
            "strategies", "liars", "sybils",
            "workload", "links", "disk", "clocks", "timeline", "heals-at", "expect");
        int validators = scenario.Integer("validators", 4, 1, MaxValidators);
        int joiners = scenario.Integer("joiners", 0, 0, Math.Min(validators - 1, MaxValidators - validators));
        StrictSection? workload = scenario.Has("workload") ? scenario.Section("workload", "homes", "epochs") : null;
        Duration healsAt = scenario.Time("heals-at");
        StrictSection expect = scenario.Section("expect", ["recovers-within", .. ExpectationReader.Keys]);
        ConsensusProtocol protocol = Protocol(scenario);
        FaultPlan plan = new(
            Links(scenario, LinkFaults.None),
            Disk(scenario),
            Clocks(scenario, validators + joiners),
            new TimelineReader(validators + joiners, healsAt).Read(scenario),
            healsAt)
        {
            Sybils = scenario.Integer("sybils", 0, 0, MaxSybils),
        };
        SimulationOptions options = new()
        {
            Protocol = protocol,
            Changes = Changes(scenario, protocol),
            Seed = scenario.Seed("seed", 1),
            Validators = validators,
            Joiners = joiners,
            Homes = workload?.Integer("homes", 4, 2, MaxHomes) ?? 4,
            Epochs = workload?.Integer("epochs", 12, 1, MaxEpochs) ?? 12,
            Faults = plan,
            Duration = healsAt,
            LivenessLimit = expect.Time("recovers-within"),
        };
        options = options with { Faults = plan with { Liars = LiarReader.Read(scenario, options) } };
        return new Scenario(
            scenario.Text("name"),
            scenario.Text("description", ""),
            options,
            scenario.Has("long") && HoconTyped.Boolean(scenario.Value("long"), "long"),
            ExpectationReader.Read(expect));
    }

    private static ConsensusProtocol Protocol(StrictSection scenario) =>
        ConsensusProtocols.TryParse(scenario.Text("protocol", ConsensusProtocol.Pbft.Word()), out var protocol)
            ? protocol
            : throw HoconTyped.Mismatch(scenario.Value("protocol"), "protocol", "pbft, pos or pow");

    /// <summary>Each another one than that before it.</summary>
    private static List<ConsensusProtocol> Changes(StrictSection scenario, ConsensusProtocol first)
    {
        List<ConsensusProtocol> changes = [];
        ConsensusProtocol last = first;
        foreach (HoconValue item in scenario.Items("then"))
        {
            bool isOne = ConsensusProtocols.TryParse(HoconTyped.Text(item, "then"), out ConsensusProtocol next);
            if (!isOne || next == last || changes.Count == MaxChanges)
            {
                throw HoconTyped.Mismatch(
                    item, "then", $"at most {MaxChanges} of pbft, pos and pow, each another one than before");
            }

            changes.Add(next);
            last = next;
        }

        return changes;
    }

    internal static LinkFaults Links(StrictSection parent, LinkFaults before)
    {
        if (!parent.Has("links"))
        {
            return before;
        }

        StrictSection links = parent.Section(
            "links", "latency", "loss", "duplicates", "reordering", "reordering-delay");
        (Duration min, Duration max) = links.Range("latency", before.MinLatency, before.MaxLatency);
        return new LinkFaults(
            min,
            max,
            links.Permille("loss", before.LossPermille),
            links.Permille("duplicates", before.DuplicatePermille),
            links.Permille("reordering", before.ReorderPermille),
            links.Time("reordering-delay", before.ReorderDelay));
    }

    private static DiskFaults Disk(StrictSection scenario)
    {
        if (!scenario.Has("disk"))
        {
            return DiskFaults.None;
        }

        (Duration min, Duration max) = scenario.Section("disk", "fsync").Range(
            "fsync", DiskFaults.None.MinFsync, DiskFaults.None.MaxFsync);
        return new DiskFaults(min, max);
    }

    private static ClockSkew[] Clocks(StrictSection scenario, int nodes)
    {
        ClockSkew[] skews = new ClockSkew[nodes];
        foreach (HoconValue item in scenario.Items("clocks"))
        {
            StrictSection clock = new(
                HoconTyped.Object(item, "clocks"), "a clock", "node", "ahead", "behind", "drift-ppm");
            long offset = clock.Time("ahead", default).Micros - clock.Time("behind", default).Micros;
            int node = clock.Integer("node", 0, 1, nodes);
            if (node == 0)
            {
                throw new HoconException(clock.Origin, "a clock needs the number of its node; add node");
            }

            skews[node - 1] = new ClockSkew(new Duration(offset), clock.Integer("drift-ppm", 0, -100_000, 100_000));
        }

        return skews;
    }
}
