using System;
using System.Collections.Generic;
using System.Linq;

namespace EnergyNode.Node.Configuration;

/// <summary>Keys that operators may bring along and that this node does not honour, with what holds instead.</summary>
public static class UnhonouredKeys
{
    /// <summary>Akka.NET and Petabridge keys and sections; reported as warnings.</summary>
    public static readonly IReadOnlyDictionary<string, string> Known = new Dictionary<string, string>
    {
        ["akka.actor"] = "actors, dispatchers and serialisers are built in",
        ["akka.cluster.allow-weakly-up-members"] = "membership is the ledger's validator set",
        ["akka.cluster.auto-down-unreachable-after"] = "nobody is removed for silence; a governance proposal removes",
        ["akka.cluster.down-removal-margin"] = "nobody is removed for silence; a governance proposal removes",
        ["akka.cluster.downing-provider-class"] = "a quorum of the validators decides",
        ["akka.cluster.client"] = "clients use the HTTP API",
        ["akka.cluster.failure-detector.expected-response-after"] = "heartbeat-interval is expected at first",
        ["akka.cluster.failure-detector.implementation-class"] = "the detector is phi accrual",
        ["akka.cluster.failure-detector.monitored-by-nr-of-members"] = "every node watches every other",
        ["akka.cluster.gossip-interval"] = "membership is not gossiped; it is on the ledger",
        ["akka.cluster.log-info"] = "use akka.loglevel",
        ["akka.cluster.publish-stats-interval"] = "use the metrics",
        ["akka.cluster.pub-sub"] = "there is no distributed publish and subscribe",
        ["akka.cluster.retry-unsuccessful-join-after"] = "use energy-node.network.reconnect-max",
        ["akka.cluster.role"] = "minimum numbers per role are not offered; use akka.cluster.min-nr-of-members",
        ["akka.cluster.run-coordinated-shutdown-when-down"] = "a node that others suspect keeps running",
        ["akka.cluster.seed-node-timeout"] = "use energy-node.network.connect-timeout",
        ["akka.cluster.sharding"] = "there is no sharding",
        ["akka.cluster.shutdown-after-unsuccessful-join-seed-nodes"] = "a node dials until it is stopped",
        ["akka.cluster.singleton"] = "there are no singletons",
        ["akka.cluster.split-brain-resolver.stable-after"] = "the quorum rule holds at every moment",
        ["akka.cluster.split-brain-resolver.keep-majority"] = "roles have no part in the quorum",
        ["akka.cluster.unreachable-nodes-reaper-interval"] = "a closed connection counts at once",
        ["akka.coordinated-shutdown"] = "the order of shutdown is built in",
        ["akka.extensions"] = "there are no extensions",
        ["akka.io"] = "use energy-node.network",
        ["akka.log-config-on-start"] = "use the command config check",
        ["akka.log-dead-letters"] = "dead letters are counted in the metrics",
        ["akka.log-dead-letters-during-shutdown"] = "dead letters are counted in the metrics",
        ["akka.loggers"] = "the log goes to standard error",
        ["akka.logger-formatter"] = "the form of the log is built in",
        ["akka.persistence"] = "the journal is journal.db in energy-node.data-dir",
        ["akka.remote.dot-netty.ssl"] = "connections always use mutual TLS 1.3; see energy-node.keys",
        ["akka.remote.dot-netty.tcp.enable-ssl"] = "connections always use mutual TLS 1.3; see energy-node.keys",
        ["akka.remote.dot-netty.tcp.maximum-frame-size"] = "use energy-node.network.max-frame-bytes",
        ["akka.remote.dot-netty.tcp.send-buffer-size"] = "buffers are sized by the operating system",
        ["akka.remote.dot-netty.tcp.receive-buffer-size"] = "buffers are sized by the operating system",
        ["akka.remote.dot-netty.tcp.connection-timeout"] = "use energy-node.network.connect-timeout",
        ["akka.remote.dot-netty.tcp.dns-use-ipv6"] = "IPv4 and IPv6 are both used",
        ["akka.remote.log-remote-lifecycle-events"] = "use akka.loglevel",
        ["akka.remote.transport-failure-detector"] = "use akka.cluster.failure-detector",
        ["akka.remote.watch-failure-detector"] = "use akka.cluster.failure-detector",
        ["akka.remote.retry-gate-closed-for"] = "use energy-node.network.reconnect-min",
        ["akka.scheduler"] = "timers are built in",
        ["akka.stdout-loglevel"] = "use akka.loglevel",
        ["akka.suppress-json-serializer-warning"] = "nothing is serialised as JSON between nodes",
        ["petabridge.cmd.command-palettes"] = "all palettes are always on",
        ["petabridge.cmd.log-palettes-on-startup"] = "use the command help of pbm",
    };

    /// <summary>Rules that all nodes share and that therefore are in the genesis file; reported as errors.</summary>
    public static readonly IReadOnlyList<string> InGenesis =
    [
        "energy-node.chain-id",
        "energy-node.consensus.checkpoint-interval",
        "energy-node.consensus.protocol",
        "energy-node.consensus.validators",
        "energy-node.consensus.window",
        "energy-node.market",
        "energy-node.validators",
    ];

    /// <returns>Why the key, or a section that it is in, is not honoured; null when it is no known key.</returns>
    public static string? ReasonFor(string path) =>
        Known.Where(entry => Covers(entry.Key, path)).Select(entry => entry.Value).FirstOrDefault();

    internal static bool IsInGenesis(string path) => InGenesis.Any(key => Covers(key, path));

    private static bool Covers(string key, string path) =>
        path == key || path.StartsWith(key + ".", StringComparison.Ordinal);
}
