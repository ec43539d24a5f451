using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using EnergyNode.Node.Admin;

namespace EnergyNode.Pbm.Tests;

/// <summary>A real admin server on a free port, with commands that answer from constants.</summary>
internal sealed class TestNode : IAsyncDisposable
{
    private readonly AdminServer server;

    public TestNode(
        RuntimeDirectory directory,
        string name = "validator-1",
        TimeProvider? clock = null,
        AdminLimits? limits = null,
        params IEnumerable<AdminCommand> more)
    {
        AdminRegistry registry = new AdminRegistry()
            .Add(ClusterShow())
            .Add(ClusterStatus())
            .Add(MarketBook())
            .Add(ActorHierarchy())
            .Add(AdminBuiltIns.SystemInfo(TimeProvider.System));
        foreach (AdminCommand command in more)
        {
            registry.Add(command);
        }

        var options = new AdminOptions
        {
            Port = 0,
            NodeName = name,
            Chain = "test-chain",
            CurrentHeight = () => Height,
            RuntimeDirectory = directory.Path,
            Limits = limits ?? new AdminLimits(),
        };
        server = new AdminServer(options, registry, AdminToken.Create(), clock ?? new ManualClock());
        server.Start();
    }

    public long Height { get; set; } = 99;

    /// <summary>Called before each <c>cluster status</c> is answered.</summary>
    public Action<TestNode>? BeforeStatus { get; set; }

    public int Port => server.EndPoint.Port;

    public string Address => $"127.0.0.1:{Port}";

    public string DiscoveryFile => server.DiscoveryFile!;

    public ValueTask DisposeAsync() => server.DisposeAsync();

    private static AdminCommand ClusterShow() => new(
        "cluster",
        "show",
        "members as this node sees them",
        [new("address", AdminArgumentKind.Text, "only this member") { Short = 'a' }],
        (_, _) => Task.FromResult(new AdminTable(
            [new("address"), new("roles"), new("status"), new("peerVersion", Wide: true)],
            [
                ["akka.tcp://ClusterApp@localhost:8091", "validator", "up", "1.4.0"],
                ["akka.tcp://ClusterApp@localhost:8092", AdminCell.None, "unreachable", "1.4.0"],
            ])
        {
            Summary = "Count: 2 nodes",
            PbmLines =
            [
                "akka.tcp://ClusterApp@localhost:8091 | [validator] | up | | 1.4.0",
                "akka.tcp://ClusterApp@localhost:8092 | [] | up | unreachable | 1.4.0",
                "Count: 2 nodes",
            ],
        }));

    private AdminCommand ClusterStatus() => new("cluster", "status", "health in one row", [], (_, _) =>
    {
        BeforeStatus?.Invoke(this);
        return Task.FromResult(new AdminTable(
            [new("healthy", AdminColumnKind.Flag), new("height", AdminColumnKind.Number),
                new("members", AdminColumnKind.Number)],
            [[true, Height, 4L]]));
    });

    private static AdminCommand MarketBook() => new(
        "market",
        "book",
        "the resting orders of one book",
        [
            new("book", AdminArgumentKind.Text, "the book's id") { Positional = true, Required = true },
            new("depth", AdminArgumentKind.Number, "levels") { Short = 'd', Default = 2L },
            new("asks", AdminArgumentKind.Flag, "asks only"),
        ],
        (request, _) => Task.FromResult(new AdminTable(
            [new("book"), new("depth", AdminColumnKind.Number), new("asksOnly", AdminColumnKind.Flag),
                new("size", AdminColumnKind.Bytes), new("age", AdminColumnKind.DurationMicros),
                new("note")],
            [
                [request.Text("book"), request.Number("depth"), request.Flag("asks"), 1_600_000L, 61_500_000L,
                    "a \"quoted\", \u001b[31mred\n note\u202e"],
            ])));

    private static AdminCommand ActorHierarchy() => new(
        "actor",
        "hierarchy",
        "paths of actors",
        [
            new("start", AdminArgumentKind.Text, "where to start") { Short = 's', Default = "/" },
            new("depth", AdminArgumentKind.Number, "how deep") { Short = 'd', Default = 4L },
        ],
        (request, _) => Task.FromResult(new AdminTable(
            [new("path"), new("depth", AdminColumnKind.Number)], [[request.Text("start"), request.Number("depth")]])));
}
