using System.Collections.Generic;
using EnergyNode.Actors.Configuration;
using EnergyNode.Ledger;
using EnergyNode.Simulation;

namespace EnergyNode.Chaos;

/// <summary>Reads the list of faults: each an object with a time and one thing that happens then.</summary>
internal sealed class TimelineReader(int nodes, Duration healsAt)
{
    private const string LeaderWord = "leader";

    private static readonly string[] Kinds =
    [
        "crash", "restart", "pause", "fill-disk", "rot", "misdirect", "wipe", "partition", "isolate", "cut", "heal",
        "links",
    ];

    private readonly List<FaultEvent> _events = [];
    private LinkFaults _links = LinkFaults.None;

    public IReadOnlyList<FaultEvent> Read(StrictSection scenario)
    {
        _links = ScenarioReader.Links(scenario, LinkFaults.None);
        Duration last = default;
        foreach (HoconValue item in scenario.Items("timeline"))
        {
            StrictSection entry = new(
                HoconTyped.Object(item, "timeline"), "an entry of the timeline", ["at", .. Kinds]);
            Duration at = entry.Time("at");
            if (at.Micros < last.Micros || at.Micros >= healsAt.Micros)
            {
                throw new HoconException(
                    entry.Origin, "the timeline must be in the order of time, and end before heals-at");
            }

            last = at;
            Add(entry, at);
        }

        return _events;
    }

    private void Add(StrictSection entry, Duration at)
    {
        int before = _events.Count;
        foreach (string kind in Kinds)
        {
            if (entry.Has(kind))
            {
                _events.Add(Event(entry, kind, at));
            }
        }

        if (_events.Count != before + 1)
        {
            throw new HoconException(
                entry.Origin, $"an entry of the timeline needs exactly one of {string.Join(", ", Kinds)}");
        }
    }

    private FaultEvent Event(StrictSection entry, string kind, Duration at)
    {
        switch (kind)
        {
            case "crash":
                return new FaultEvent.Crash(at, NodeOrLeader(entry, kind));
            case "restart":
                return new FaultEvent.Restart(at, NodeOrLeader(entry, kind));
            case "pause":
                StrictSection pause = entry.Section(kind, "node", "for");
                return new FaultEvent.Pause(
                    at,
                    pause.Has("node") ? NodeOrLeader(pause, "node") : throw Missing(pause, "node"),
                    pause.Time("for"));
            case "fill-disk":
                return new FaultEvent.FillDisk(at, Node(entry.Value(kind), kind));
            case "rot":
                return new FaultEvent.RotDisk(at, Node(entry.Value(kind), kind));
            case "misdirect":
                return new FaultEvent.MisdirectWrite(at, Node(entry.Value(kind), kind));
            case "wipe":
                return new FaultEvent.Wipe(at, Node(entry.Value(kind), kind));
            case "partition":
                return new FaultEvent.Partition(at, Groups(entry.Value(kind)));
            case "isolate":
                return new FaultEvent.Isolate(at, NodeOrLeader(entry, kind));
            case "cut":
                StrictSection cut = entry.Section(kind, "from", "to", "permanent");
                int from = Node(cut.Value("from") ?? throw Missing(cut, "from"), "from");
                int to = Node(cut.Value("to") ?? throw Missing(cut, "to"), "to");
                return from != to
                    ? new FaultEvent.CutOneWay(
                        at, from, to, cut.Has("permanent") && HoconTyped.Boolean(cut.Value("permanent"), "permanent"))
                    : throw new HoconException(cut.Origin, "a node has no link to itself; name two nodes");
            case "heal":
                return HoconTyped.Boolean(entry.Value(kind), kind)
                    ? new FaultEvent.Heal(at)
                    : throw HoconTyped.Mismatch(entry.Value(kind), kind, "true");
            default:
                _links = ScenarioReader.Links(entry, _links);
                return new FaultEvent.SetLinks(at, _links);
        }
    }

    private int NodeOrLeader(StrictSection entry, string kind) =>
        entry.Text(kind) == LeaderWord ? FaultEvent.Leader : Node(entry.Value(kind), kind);

    private int Node(HoconValue value, string path) => (int)HoconTyped.Integer(value, path, 1, nodes) - 1;

    private List<IReadOnlyList<int>> Groups(HoconValue value)
    {
        List<IReadOnlyList<int>> groups = [];
        HashSet<int> seen = [];
        foreach (HoconValue group in HoconTyped.Array(value, "partition").Items)
        {
            List<int> members = [];
            foreach (HoconValue member in HoconTyped.Array(group, "partition").Items)
            {
                int node = Node(member, "partition");
                if (!seen.Add(node))
                {
                    throw new HoconException(member.Origin, $"node {node + 1} is in two groups; name it once");
                }

                members.Add(node);
            }

            groups.Add(members);
        }

        return groups;
    }

    private static HoconException Missing(StrictSection section, string key) =>
        new(section.Origin, $"{key} is missing; set it");
}
