using System;
using System.Collections.Generic;
using System.Linq;
using EnergyNode.Node.Mining;

namespace EnergyNode.Node.Configuration;

/// <summary>
/// The registry: every key that is honoured. Validation, defaults, <c>config explain</c>, the reference file and the
/// documentation all come from here.
/// </summary>
public static class ConfigurationKeys
{
    private const long KiB = 1L << 10;
    private const long MiB = 1L << 20;
    private const long GiB = 1L << 30;

    public static readonly IReadOnlyList<ConfigurationKey> All =
    [
        .. Identity(), .. Endpoints(), .. Resources(), .. Network(), .. Akka(), .. Aliases(),
    ];

    /// <summary>The trees in which an unknown key is reported.</summary>
    public static readonly IReadOnlyList<string> Trees = ["energy-node", "akka", "petabridge"];

    /// <summary>The environment variables that override keys begin with these.</summary>
    public static readonly IReadOnlyList<string> OverridePrefixes = ["AKKA__", "ENERGY_NODE__", "PETABRIDGE__"];

    public static ConfigurationKey? Find(string name) => All.FirstOrDefault(key => key.Name == name);

    public static bool IsSection(string path) =>
        All.Any(key => key.Name.StartsWith(path + ".", StringComparison.Ordinal));

    /// <summary>The names of the keys and sections directly below a section.</summary>
    public static IEnumerable<string> NamesBelow(string section) => All
        .Where(key => key.Name.StartsWith(section + ".", StringComparison.Ordinal))
        .Select(key => key.Name[(section.Length + 1)..].Split('.')[0])
        .Distinct(StringComparer.Ordinal);

    private static ConfigurationKey[] Identity() =>
    [
        new("energy-node.role", new KeyType.Choice("validator", "observer"), "validator",
            "A validator votes if the ledger's validator set names its key; an observer follows and serves."),
        new("energy-node.data-dir", new KeyType.FilePath(MayBeEmpty: false), "\"data\"",
            "Directory of everything that the node stores; its journal is journal.db in it."),
        new("energy-node.genesis-file", new KeyType.FilePath(MayBeEmpty: false), "\"genesis.json\"",
            "The first state of the ledger, the same file at every node."),
        new("energy-node.keys.validator-key", new KeyType.FilePath(MayBeEmpty: false), "\"keys/validator.key\"",
            "The Ed25519 key with which this node votes. Never give two running nodes the same."),
        new("energy-node.keys.node-certificate", new KeyType.FilePath(MayBeEmpty: false), "\"keys/node.crt\"",
            "The P-256 certificate (PEM) of this node's TLS connections."),
        new("energy-node.keys.node-certificate-key", new KeyType.FilePath(MayBeEmpty: false), "\"keys/node.key\"",
            "The private key (PEM) of the certificate."),
    ];

    private static ConfigurationKey[] Endpoints() =>
    [
        new("energy-node.listen.hostname", new KeyType.Host(MayBeEmpty: false), "\"127.0.0.1\"",
            "Interface on which other nodes reach this one; 0.0.0.0 or \"::\" for all."),
        new("energy-node.listen.port", new KeyType.Integer(0, 65535), "2552",
            "Port on which other nodes reach this one; 0 takes any free port."),
        new("energy-node.listen.public-hostname", new KeyType.Host(MayBeEmpty: true), "\"\"",
            "Host that is announced to others, for a node behind NAT; empty announces listen.hostname."),
        new("energy-node.listen.public-port", new KeyType.Integer(0, 65535), "0",
            "Port that is announced to others; 0 announces the port on which the node listens."),
        new("energy-node.peers", new KeyType.Peers(), "[]",
            "The other nodes: { name, address = \"host:port\", public-key = \"64 hexadecimal digits\" } each."),
        new("energy-node.admin.hostname", new KeyType.Host(MayBeEmpty: false), "\"127.0.0.1\"",
            "Interface of the inspection port that pbm talks to."),
        new("energy-node.admin.port", new KeyType.Integer(0, 65535), "9110",
            "The inspection port; 0 takes any free port, which pbm finds through the discovery file."),
        new("energy-node.admin.runtime-dir", new KeyType.FilePath(MayBeEmpty: true), "\"\"",
            "Directory of the discovery file and its token; empty takes the runtime directory of the user."),
    ];

    private static ConfigurationKey[] Resources() =>
    [
        new("energy-node.mempool.max-batches", new KeyType.Integer(1, 1_000_000), "4096",
            "Batches that wait for a block, of all signers; more are refused."),
        new("energy-node.mempool.max-bytes", new KeyType.Size(MiB, 16 * GiB), "64MiB",
            "Bytes of all waiting batches; more are refused."),
        new("energy-node.mempool.max-batches-per-signer", new KeyType.Integer(1, 1_000_000), "1024",
            "Waiting batches of one signer. The ledger's nonce window is 1024, so more cannot help."),
        new("energy-node.consensus.view-timeout",
            new KeyType.Duration(TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(10)), "1s",
            "How long a view may take until it is known how long decisions take; then it adapts."),
        new("energy-node.consensus.view-timeout-cap",
            new KeyType.Duration(TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(10)), "1s",
            "The most that repeated view changes raise the view timeout to."),
        new("energy-node.consensus.max-batches-per-block", new KeyType.Integer(1, 65_536), "256",
            "Batches in a block that this node proposes; the genesis file has the limit for all."),
        new("energy-node.consensus.max-block-bytes", new KeyType.Size(64 * KiB, 64 * MiB), "4MiB",
            "Bytes of the batches in a block that this node proposes; the genesis file has the limit for all."),
        new("energy-node.consensus.miner-threads", new KeyType.Integer(1, MiningLimits.MaxThreads), "1",
            "Threads that mine under proof of work, with the lowest priority; they sleep while nothing waits."),
    ];

    private static ConfigurationKey[] Network() =>
    [
        new("energy-node.network.max-frame-bytes", new KeyType.Size(128 * KiB, 128 * MiB), "8MiB",
            "A longer frame closes its connection. At least consensus.max-block-bytes and 64KiB."),
        new("energy-node.network.send-queue-frames", new KeyType.Integer(16, 1_000_000), "4096",
            "Frames that wait for one peer; what comes on top is dropped."),
        new("energy-node.network.connect-timeout",
            new KeyType.Duration(TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(1)), "5s",
            "The longest that TCP, TLS and the hello may take together."),
        new("energy-node.network.reconnect-min",
            new KeyType.Duration(TimeSpan.FromMilliseconds(1), TimeSpan.FromMinutes(1)), "100ms",
            "Wait after the first failed connection; doubled after each further one."),
        new("energy-node.network.reconnect-max",
            new KeyType.Duration(TimeSpan.FromMilliseconds(1), TimeSpan.FromMinutes(10)), "2s",
            "The longest wait between two attempts to connect."),
        new("energy-node.network.heartbeat-interval",
            new KeyType.Duration(TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(1)), "1s",
            "An idle connection carries a heartbeat this often."),
    ];

    private static ConfigurationKey[] Akka() =>
    [
        new("akka.loglevel", new KeyType.Choice("DEBUG", "INFO", "WARNING", "ERROR", "OFF"), "INFO",
            "The least severe message that is logged."),
        new("akka.cluster.seed-nodes", new KeyType.Addresses(), "[]",
            "Addresses to dial besides those of the peers: \"akka.tcp://energy-node@host:port\" or \"host:port\"."),
        new("akka.cluster.roles", new KeyType.Names(), "[]",
            "Shown by cluster show; without effect on consensus."),
        new("akka.cluster.min-nr-of-members", new KeyType.Integer(1, ConfigurationBounds.MaxPeers + 1), "1",
            "Members, this node included, that must be up before it reports ready."),
        new("akka.cluster.failure-detector.acceptable-heartbeat-pause",
            new KeyType.Duration(TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(10)), "3s",
            "Silence of a peer that raises no suspicion."),
        new("akka.cluster.failure-detector.max-sample-size", new KeyType.Integer(10, 100_000), "1000",
            "Heartbeat intervals that the failure detector remembers of each peer."),
        new("akka.cluster.failure-detector.min-std-deviation",
            new KeyType.Duration(TimeSpan.FromMilliseconds(1), TimeSpan.FromMinutes(1)), "100ms",
            "The least spread of heartbeat intervals that the failure detector assumes."),
        new("akka.cluster.failure-detector.threshold", new KeyType.Number(1m, 100m), "8.0",
            "Phi from which a silent peer is suspected; higher is slower and surer."),
        new("akka.cluster.split-brain-resolver.active-strategy",
            new KeyType.Choice(["keep-majority"], RefusedStrategies()), "keep-majority",
            "A quorum of the validators decides; the minority side of a partition waits."),
    ];

    private static ConfigurationKey[] Aliases() =>
    [
        Alias("akka.cluster.failure-detector.heartbeat-interval", "energy-node.network.heartbeat-interval"),
        Alias("akka.remote.dot-netty.tcp.hostname", "energy-node.listen.hostname"),
        Alias("akka.remote.dot-netty.tcp.port", "energy-node.listen.port"),
        Alias("akka.remote.dot-netty.tcp.public-hostname", "energy-node.listen.public-hostname"),
        Alias("akka.remote.dot-netty.tcp.public-port", "energy-node.listen.public-port"),
        Alias("petabridge.cmd.host", "energy-node.admin.hostname"),
        Alias("petabridge.cmd.port", "energy-node.admin.port"),
    ];

    private static ConfigurationKey Alias(string name, string target)
    {
        ConfigurationKey[] targets = [.. Endpoints(), .. Network()];
        KeyType type = targets.First(key => key.Name == target).Type;
        return new(name, type, "null", $"Another name of {target}, which wins.")
        {
            AliasOf = target,
        };
    }

    private static Dictionary<string, string> RefusedStrategies()
    {
        const string reason = "only a quorum is safe when nodes may lie; use keep-majority";
        string[] strategies = ["static-quorum", "keep-oldest", "keep-referee", "down-all", "lease-majority", "off"];
        return strategies.ToDictionary(strategy => strategy, _ => reason, StringComparer.Ordinal);
    }
}
