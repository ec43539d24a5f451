using System;
using System.Collections.Generic;
using System.Globalization;
using System.Threading.Tasks;
using EnergyNode.Actors;
using EnergyNode.Actors.Node;
using EnergyNode.Actors.Ports;
using EnergyNode.Consensus;
using EnergyNode.Ledger;
using EnergyNode.Node.Admin;
using EnergyNode.Node.Configuration;

namespace EnergyNode.Node.Hosting;

/// <summary>What pbm can ask of a node about the cluster, its actors and consensus.</summary>
internal sealed class NodeInspection(
    ActorSystem system,
    NodeActors actors,
    IJournal journal,
    GenesisBlock genesis,
    PublicKey key,
    NodeConfiguration configuration)
{
    private const long DefaultHierarchyDepth = 4;

    public AdminRegistry Register()
    {
        AdminRegistry registry = new AdminRegistry().Add(AdminBuiltIns.SystemInfo(TimeProvider.System));
        registry.Add(Command("cluster", "show", "the members as this node sees them", [], ShowMembers));
        registry.Add(Command("cluster", "status", "whether the cluster can decide, and how far it is", [], ShowStatus));
        registry.Add(Command("mempool", "status", "batches that wait for a block", [], ShowMempool));
        registry.Add(Command(
            "actor",
            "hierarchy",
            "the live actors, one path per line",
            [
                new AdminArgument("start", AdminArgumentKind.Text, "path to begin at")
                {
                    Short = 's',
                    Default = "/user",
                },
                new AdminArgument("depth", AdminArgumentKind.Number, "levels to show")
                {
                    Short = 'd',
                    Default = DefaultHierarchyDepth,
                },
            ],
            ShowHierarchy));
        new ConsensusInspection(system, actors, key).Register(registry);
        new SentinelInspection(system, actors).Register(registry);
        new EvidenceInspection(system, actors, genesis).Register(registry);
        new GovernanceInspection(system, actors).Register(registry);
        new LedgerInspection(system, actors, journal, genesis).Register(registry);
        return registry;
    }

    internal static AdminCommand Command(
        string palette,
        string name,
        string description,
        IReadOnlyList<AdminArgument> arguments,
        Func<AdminRequest, Task<AdminTable>> handler) =>
        new(palette, name, description, arguments, (request, _) => handler(request));

    private async Task<AdminTable> ShowMembers(AdminRequest request)
    {
        PeersReport report = await Ask<PeersReport>(actors.Peers, new AskPeers()).ConfigureAwait(false);
        List<IReadOnlyList<AdminCell>> rows = [];
        List<string> lines = [];
        foreach (PeerStatus member in report.Members)
        {
            string address = "akka.tcp://energy-node@" + AddressOf(member);
            string roles = RolesOf(member);
            string reachability = member.Connected ? "reachable" : "unreachable";
            string version = member.Key == key ? ProgramVersion.Text : "-";
            rows.Add([member.Name, address, roles, "up", reachability, version, member.Key.ToString()]);
            lines.Add($"{address} | [{roles}] | up | {reachability} | {version}");
        }

        string count = string.Create(CultureInfo.InvariantCulture, $"Count: {report.Members.Count} nodes");
        lines.Add(count);
        return new AdminTable(
            [
                new("name"), new("address"), new("roles"), new("status"), new("reachability"), new("version"),
                new("key", Wide: true),
            ],
            rows)
        {
            Summary = count,
            PbmLines = lines,
        };
    }

    private string AddressOf(PeerStatus member)
    {
        foreach (PeerEntry peer in configuration.Peers)
        {
            if (peer.PublicKey == member.Key)
            {
                return peer.Address.ToString();
            }
        }

        return member.Address.Length > 0 ? member.Address : "unknown";
    }

    private string RolesOf(PeerStatus member)
    {
        string role = member.Role == PeerRole.Validator ? "validator" : "observer";
        return member.Key == key && configuration.Cluster.Roles.Count > 0
            ? role + "," + string.Join(',', configuration.Cluster.Roles)
            : role;
    }

    private async Task<AdminTable> ShowStatus(AdminRequest request)
    {
        PeersReport peers = await Ask<PeersReport>(actors.Peers, new AskPeers()).ConfigureAwait(false);
        ConsensusReport consensus = await Ask<ConsensusReport>(actors.Consensus, new AskConsensus())
            .ConfigureAwait(false);
        int reachable = 0;
        int validators = 0;
        ValidatorSet set = consensus.Head?.Validators ?? genesis.Validators;
        VotingPower weights = new(set, VotingPower.RuleOf((consensus.Head?.Rules ?? genesis.Rules).Protocol));
        UInt128 power = 0;
        foreach (PeerStatus member in peers.Members)
        {
            reachable += member.Connected ? 1 : 0;
            if (member.Connected && set.IndexOf(member.Key) is { } index)
            {
                validators++;
                power += weights.Of(index);
            }
        }

        bool ready = consensus.Head is not null && reachable >= configuration.Cluster.MinimumMembers;
        bool healthy = ready && weights.IsQuorum(power);
        return new AdminTable(
            [
                new("healthy", AdminColumnKind.Flag), new("ready", AdminColumnKind.Flag),
                new("height", AdminColumnKind.Number), new("members", AdminColumnKind.Number),
                new("validators", AdminColumnKind.Number), new("reachable", AdminColumnKind.Number),
                new("quorum", AdminColumnKind.Number), new("max-faulty", AdminColumnKind.Number),
                new("state-root"), new("chain"), new("clients", AdminColumnKind.Number, Wide: true),
                new("reachable-power", AdminColumnKind.Number, Wide: true),
            ],
            [
                [
                    healthy, ready, consensus.Head?.Height.Value, peers.Members.Count, weights.Validators, validators,
                    Count(weights.Quorum), Count(weights.MaxFaulty), consensus.Head?.StateRoot.ToString() ?? "-",
                    genesis.Chain.ToString(), peers.Clients, Count(power),
                ],
            ])
        {
            ExitCode = healthy ? AdminExit.Ok : AdminExit.Negative,
        };
    }

    private async Task<AdminTable> ShowMempool(AdminRequest request)
    {
        MempoolStatus status = await Ask<MempoolStatus>(actors.Mempool, new MempoolMessage.AskStatus())
            .ConfigureAwait(false);
        return new AdminTable(
            [new("batches", AdminColumnKind.Number), new("bytes", AdminColumnKind.Bytes)],
            [[status.Batches, status.Bytes]]);
    }

    private Task<AdminTable> ShowHierarchy(AdminRequest request)
    {
        string start = (request.Text("start") ?? "/user").TrimEnd('/');
        long depth = request.Number("depth") ?? DefaultHierarchyDepth;
        if (system.Find(start) is null)
        {
            return Task.FromResult(AdminTable.Refuse($"there is no actor at {start}; try 'actor hierarchy'"));
        }

        List<IReadOnlyList<AdminCell>> rows = [];
        List<string> lines = [];
        foreach (ActorStatus status in system.Hierarchy())
        {
            string path = status.Path.Value;
            bool below = path == start || path.StartsWith(start + "/", StringComparison.Ordinal);
            if (below && path[start.Length..].Split('/').Length - 1 < depth)
            {
                rows.Add([
                    path, status.MailboxDepth, status.MessagesHandled, status.Restarts,
                    status.LastError?.ToString() is { } error ? error : AdminCell.None,
                ]);
                lines.Add(path);
            }
        }

        return Task.FromResult(new AdminTable(
            [
                new("path"), new("mailbox", AdminColumnKind.Number), new("handled", AdminColumnKind.Number),
                new("restarts", AdminColumnKind.Number), new("last-error", Wide: true),
            ],
            rows)
        {
            PbmLines = lines,
        });
    }

    /// <summary>For people: 100 stakes of 63 bits may not fit.</summary>
    private static long Count(UInt128 power) => power < long.MaxValue ? (long)power : long.MaxValue;

    private Task<T> Ask<T>(IActorRef actor, object question) => system.Ask<T>(actor, question, HostLimits.AskTimeout);
}
