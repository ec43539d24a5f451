using System.Collections.Generic;
using System.IO;

namespace EnergyNode.Node.Configuration;

/// <summary>
/// Everything a node is told before it starts, validated. Built by <see cref="ConfigurationLoader"/>; the keys are in
/// <see cref="ConfigurationKeys"/>.
/// </summary>
public sealed record NodeConfiguration
{
    /// <summary>The file it was read from, absolute.</summary>
    public required string File { get; init; }

    public required NodeRole Role { get; init; }

    /// <summary>Absolute.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>Absolute.</summary>
    public required string GenesisFile { get; init; }

    public required KeyFiles Keys { get; init; }

    public required ListenOptions Listen { get; init; }

    /// <summary>In the order of the file.</summary>
    public required IReadOnlyList<PeerEntry> Peers { get; init; }

    public required AdminOptions Admin { get; init; }

    public required MempoolOptions Mempool { get; init; }

    public required ConsensusOptions Consensus { get; init; }

    public required NetworkOptions Network { get; init; }

    public required ClusterOptions Cluster { get; init; }

    public required NodeLogLevel LogLevel { get; init; }

    public string JournalFile => Path.Combine(DataDirectory, "journal.db");

    internal static NodeConfiguration From(ConfigurationSettings settings, string file)
    {
        string directory = Path.GetDirectoryName(Path.GetFullPath(file)) ?? "/";
        string PathAt(string key) => Path.GetFullPath(Path.Combine(directory, settings.Text(key)));
        string listen = settings.Text("energy-node.listen.hostname");
        string announced = settings.Text("energy-node.listen.public-hostname");
        return new NodeConfiguration
        {
            File = Path.GetFullPath(file),
            Role = settings.Choice<NodeRole>("energy-node.role"),
            DataDirectory = PathAt("energy-node.data-dir"),
            GenesisFile = PathAt("energy-node.genesis-file"),
            Keys = new KeyFiles(
                PathAt("energy-node.keys.validator-key"),
                PathAt("energy-node.keys.node-certificate"),
                PathAt("energy-node.keys.node-certificate-key")),
            Listen = new ListenOptions(
                listen,
                settings.Integer("energy-node.listen.port"),
                announced.Length > 0 ? announced : listen,
                settings.Integer("energy-node.listen.public-port")),
            Peers = settings.Value<IReadOnlyList<PeerEntry>>("energy-node.peers"),
            Admin = new AdminOptions(
                settings.Text("energy-node.admin.hostname"),
                settings.Integer("energy-node.admin.port"),
                settings.Text("energy-node.admin.runtime-dir").Length > 0
                    ? PathAt("energy-node.admin.runtime-dir")
                    : null),
            Mempool = new MempoolOptions(
                settings.Integer("energy-node.mempool.max-batches"),
                settings.Size("energy-node.mempool.max-bytes"),
                settings.Integer("energy-node.mempool.max-batches-per-signer")),
            Consensus = new ConsensusOptions(
                settings.Duration("energy-node.consensus.view-timeout"),
                settings.Duration("energy-node.consensus.view-timeout-cap"),
                settings.Integer("energy-node.consensus.max-batches-per-block"),
                settings.Size("energy-node.consensus.max-block-bytes"),
                settings.Integer("energy-node.consensus.miner-threads")),
            Network = NetworkFrom(settings),
            Cluster = new ClusterOptions(
                settings.Value<IReadOnlyList<NodeAddress>>("akka.cluster.seed-nodes"),
                settings.Value<IReadOnlyList<string>>("akka.cluster.roles"),
                settings.Integer("akka.cluster.min-nr-of-members")),
            LogLevel = settings.Choice<NodeLogLevel>("akka.loglevel"),
        };
    }

    private static NetworkOptions NetworkFrom(ConfigurationSettings settings) => new(
        checked((int)settings.Size("energy-node.network.max-frame-bytes")),
        settings.Integer("energy-node.network.send-queue-frames"),
        settings.Duration("energy-node.network.connect-timeout"),
        settings.Duration("energy-node.network.reconnect-min"),
        settings.Duration("energy-node.network.reconnect-max"),
        settings.Duration("energy-node.network.heartbeat-interval"),
        settings.Duration("akka.cluster.failure-detector.acceptable-heartbeat-pause"),
        settings.Value<decimal>("akka.cluster.failure-detector.threshold"),
        settings.Integer("akka.cluster.failure-detector.max-sample-size"),
        settings.Duration("akka.cluster.failure-detector.min-std-deviation"));
}
