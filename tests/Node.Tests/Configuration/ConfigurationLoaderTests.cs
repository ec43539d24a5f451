using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using EnergyNode.Node.Configuration;
using Xunit;

namespace EnergyNode.Node.Tests.Configuration;

public sealed class ConfigurationLoaderTests
{
    private const string Key1 = "\"1111111111111111111111111111111111111111111111111111111111111111\"";
    private const string Key2 = "\"2222222222222222222222222222222222222222222222222222222222222222\"";

    /// <summary>Each line: what is written ("|" for a new line, K1 and K2 for keys) ⇒ the only finding.</summary>
    private const string Findings = """
        energy-node.consensus.view-timeuot = 1s            ⇒ 1:1: energy-node.consensus.view-timeuot is not a key of this node; did you mean 'view-timeout'?
        energy-node.view-timeout = 1s                      ⇒ 1:1: energy-node.view-timeout is not a key of this node; did you mean 'energy-node.consensus.view-timeout'?
        energy-node {|  zebra = 1|}                        ⇒ 2:3: energy-node.zebra is not a key of this node; remove it
        energy-node.concensus { view-timeout = 1s }        ⇒ 1:1: energy-node.concensus is not a key of this node; did you mean 'consensus'?
        energynode { role = observer }                     ⇒ 1:1: energynode is not a section; did you mean 'energy-node'?
        energy-node.consensus.checkpoint-interval = 16     ⇒ 1:1: energy-node.consensus.checkpoint-interval is a rule that all nodes share; set it in the genesis file, not here
        energy-node = 1                                    ⇒ 1:15: energy-node must be an object { … }, found "1"
        energy-node.listen = "localhost:80"                ⇒ 1:22: energy-node.listen must be an object { … }, found "localhost:80"
        energy-node.role = boss                            ⇒ 1:20: energy-node.role must be one of validator, observer, found "boss"
        energy-node.listen.port = 65536                    ⇒ 1:27: energy-node.listen.port must be a whole number from 0 to 65535, found "65536"
        energy-node.listen.hostname = "a b"                ⇒ 1:31: energy-node.listen.hostname must be a host name or an IP address, found "a b"
        energy-node.data-dir = ""                          ⇒ 1:24: energy-node.data-dir must be the path of a file or directory, found ""
        energy-node.consensus.view-timeout = abc           ⇒ 1:38: energy-node.consensus.view-timeout must be a duration such as 60s or 100ms, found "abc"
        energy-node.consensus.view-timeout = 1ms           ⇒ 1:38: energy-node.consensus.view-timeout must be a duration from 10ms to 10m, found "1ms"
        energy-node.mempool.max-bytes = 1KiB               ⇒ 1:33: energy-node.mempool.max-bytes must be a size from 1MiB to 16GiB, found "1KiB"
        akka.cluster.failure-detector.threshold = 0.5      ⇒ 1:43: akka.cluster.failure-detector.threshold must be a number from 1 to 100, found "0.5"
        akka.cluster.roles = ["a b"]                       ⇒ 1:22: akka.cluster.roles must be at most 16 names of 1 to 64 letters, digits, '-', '_' or '.'
        akka.cluster.seed-nodes = ["a:1", "b"]             ⇒ 1:35: akka.cluster.seed-nodes[1] must be "akka.tcp://energy-node@host:port" or "host:port", found "b"
        akka.cluster.seed-nodes = ["akka.tcp://x@a:1"]     ⇒ 1:28: akka.cluster.seed-nodes[0] must be "akka.tcp://energy-node@host:port" or "host:port", found "akka.tcp://x@a:1"
        akka.cluster.seed-nodes = "a:1"                    ⇒ 1:27: akka.cluster.seed-nodes must be a list [ … ], found "a:1"
        akka.cluster.split-brain-resolver.active-strategy = keep-oldest ⇒ 1:53: akka.cluster.split-brain-resolver.active-strategy = keep-oldest is not offered: only a quorum is safe when nodes may lie; use keep-majority
        akka.cluster.seed-node = []                        ⇒ 1:1: akka.cluster.seed-node is not a key of this node; did you mean 'seed-nodes'?
        akka.cluster.xyzzy = 1                             ⇒ 1:1: warning: akka.cluster.xyzzy is not known and has no effect; remove it
        akka.actor { provider = cluster }                  ⇒ 1:1: warning: akka.actor is an Akka.NET key that this node does not honour: actors, dispatchers and serialisers are built in
        akka.cluster.split-brain-resolver.stable-after=20s ⇒ 1:1: warning: akka.cluster.split-brain-resolver.stable-after is an Akka.NET key that this node does not honour: the quorum rule holds at every moment
        petabridge.cmd.log-palettes-on-startup = on        ⇒ 1:1: warning: petabridge.cmd.log-palettes-on-startup is an Akka.NET key that this node does not honour: use the command help of pbm
        energy-node.consensus.view-timeout = 9s            ⇒ 1:38: energy-node.consensus.view-timeout = 9s must not exceed energy-node.consensus.view-timeout-cap = 8s; change one
        energy-node.network.reconnect-max = 50ms           ⇒ 1:37: energy-node.network.reconnect-min = 100ms must not exceed energy-node.network.reconnect-max = 50ms; change one
        akka.cluster.failure-detector.heartbeat-interval=5s ⇒ 1:50: akka.cluster.failure-detector.heartbeat-interval = 5s must not exceed akka.cluster.failure-detector.acceptable-heartbeat-pause = 3s; change one
        energy-node.mempool.max-batches = 5                ⇒ 1:35: energy-node.mempool.max-batches-per-signer = 1024 must not exceed energy-node.mempool.max-batches = 5; change one
        energy-node.consensus.max-block-bytes = 8MiB       ⇒ 1:41: energy-node.network.max-frame-bytes = 8MiB must be at least 8256KiB, which is energy-node.consensus.max-block-bytes and 64KiB; change one
        energy-node.listen.port = 9110                     ⇒ 1:27: energy-node.admin.port = 9110 is also energy-node.listen.port; change one
        energy-node.admin.hostname = "0.0.0.0"             ⇒ 1:30: warning: energy-node.admin.hostname = "0.0.0.0" lets other machines reach the inspection port; prefer 127.0.0.1
        energy-node.peers = [{ name = a }]                 ⇒ 1:22: energy-node.peers[0].address is missing; set it
        energy-node.peers = [{ nam = a }]                  ⇒ 1:24: energy-node.peers[0].nam is not a key of a peer; did you mean 'name'?
        energy-node.peers = [{ name = a, address = "b", public-key = K1 }]   ⇒ 1:44: energy-node.peers[0].address must be "host:port" or "[IPv6]:port", found "b"
        energy-node.peers = [{ name = a, address = "b:1", public-key = "1" }] ⇒ 1:64: energy-node.peers[0].public-key must be 64 hexadecimal digits, found "1"
        energy-node.peers = [|{ name = a, address = "b:1", public-key = K1 }|{ name = a, address = "c:1", public-key = K2 }] ⇒ 3:1: energy-node.peers[1].name a is there twice; rename one
        energy-node.peers = [|{ name = a, address = "b:1", public-key = K1 }|{ name = b, address = "c:1", public-key = K1 }] ⇒ 3:1: energy-node.peers[1].public-key is also that of a; every node has its own
        energy-node {                                      ⇒ 1:13: '{' is never closed; add '}'
        """;

    public static TheoryData<string, string> FindingTable
    {
        get
        {
            TheoryData<string, string> rows = [];
            foreach (string[] cells in Findings.Split('\n').Select(line => line.Split('⇒')))
            {
                string text = cells[0].Trim().Replace("K1", Key1, StringComparison.Ordinal);
                rows.Add(text.Replace("K2", Key2, StringComparison.Ordinal).Replace('|', '\n'), cells[1].Trim());
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(FindingTable))]
    public void A_mistake_is_reported_once_with_its_place(string text, string expected)
    {
        LoadedConfiguration loaded = Load(text);
        Assert.Equal(["cluster.hocon:" + expected], loaded.Findings.Select(finding => finding.ToString()));
        bool warning = expected.Contains(" warning: ", StringComparison.Ordinal);
        Assert.Equal(warning, loaded.Configuration is not null);
    }

    [Fact]
    public void All_mistakes_are_reported_together_and_Require_throws_the_errors()
    {
        LoadedConfiguration loaded = Load("akka.actor = 1\nenergy-node.role = x\nenergy-node.admin.port = y");
        Assert.Equal([false, true, true], loaded.Findings.Select(finding => finding.IsError));
        ConfigurationException failure = Assert.Throws<ConfigurationException>(loaded.Require);
        Assert.Equal(
            """
            cluster.hocon:2:20: energy-node.role must be one of validator, observer, found "x"
            cluster.hocon:3:26: energy-node.admin.port must be a whole number from 0 to 65535, found "y"
            """,
            failure.Message);
    }

    [Fact]
    public void A_file_becomes_typed_values_with_paths_relative_to_it()
    {
        NodeConfiguration node = Load($$"""
            energy-node {
              role = Observer, data-dir = "../store", admin.runtime-dir = run, listen.port = 0
              peers = [{ name = mill, address = "[::1]:77", public-key = {{Key1}} }]
              network.max-frame-bytes = 16MiB
            }
            akka { loglevel = debug, cluster { roles = [a, b], seed-nodes = ["akka.tcp://energy-node@h:1", "i:2"] } }
            """, file: "/etc/energynode/cluster.hocon").Require();
        Assert.Equal(NodeRole.Observer, node.Role);
        Assert.Equal("/etc/store/journal.db", node.JournalFile);
        Assert.Equal("/etc/energynode/genesis.json", node.GenesisFile);
        Assert.Equal("/etc/energynode/keys/node.key", node.Keys.NodeCertificateKey);
        Assert.Equal(new AdminOptions("127.0.0.1", 9110, "/etc/energynode/run"), node.Admin);
        Assert.Equal(new ListenOptions("127.0.0.1", 0, "127.0.0.1", 0), node.Listen);
        PeerEntry peer = Assert.Single(node.Peers);
        Assert.Equal(("mill", new NodeAddress("::1", 77)), (peer.Name, peer.Address));
        Assert.Equal(Key1.Trim('"'), peer.PublicKey.ToString());
        Assert.Equal(16 << 20, node.Network.MaxFrameBytes);
        Assert.Equal(TimeSpan.FromMilliseconds(100), node.Network.ReconnectMin);
        Assert.Equal(8.0m, node.Network.FailureThreshold);
        Assert.Equal(NodeLogLevel.Debug, node.LogLevel);
        Assert.Equal(["a", "b"], node.Cluster.Roles);
        Assert.Equal([new NodeAddress("h", 1), new NodeAddress("i", 2)], node.Cluster.SeedNodes);
    }

    [Theory]
    [InlineData("", 2552, null)]
    [InlineData("akka.remote.dot-netty.tcp.port = 1", 1, null)]
    [InlineData("energy-node.listen.port = 2", 2, null)]
    [InlineData("akka.remote.dot-netty.tcp.port = 2, energy-node.listen.port = 2", 2, null)]
    [InlineData("akka.remote.dot-netty.tcp.port = null, energy-node.listen.port = null", 2552, null)]
    [InlineData("energy-node.listen.port = 2\nakka.remote.dot-netty.tcp.port = 1", 2, "cluster.hocon:2:34: warning: "
        + "akka.remote.dot-netty.tcp.port has no effect: energy-node.listen.port is set by cluster.hocon:1:27; keep one")]
    public void An_alias_counts_unless_the_key_itself_is_set(string text, int port, string? finding)
    {
        LoadedConfiguration loaded = Load(text);
        Assert.Equal(port, loaded.Require().Listen.Port);
        Assert.Equal(finding, loaded.Findings.SingleOrDefault()?.ToString());
    }

    [Fact]
    public void A_wrong_alias_is_an_error_under_its_own_name_even_when_it_is_hidden()
    {
        const string expected =
            "cluster.hocon:1:23: petabridge.cmd.port must be a whole number from 0 to 65535, found \"x\"";
        Assert.Equal(expected, Assert.Single(Load("petabridge.cmd.port = x").Findings).ToString());
        string both = "petabridge.cmd.port = x\nenergy-node.admin.port = 1";
        Assert.Equal(expected, Assert.Single(Load(both).Findings).ToString());
    }

    [Fact]
    public void An_environment_variable_wins_over_the_file_and_names_itself_when_it_is_wrong()
    {
        LoadedConfiguration loaded = Load(
            "energy-node.admin.port = 1, akka.cluster.min-nr-of-members = 1",
            "ENERGY_NODE__ADMIN__PORT=0", "AKKA__CLUSTER__MIN_NR_OF_MEMBERS=3", "PETABRIDGE__CMD__HOST=localhost");
        Assert.Equal(new AdminOptions("localhost", 0, null), loaded.Require().Admin);
        Assert.Equal(3, loaded.Require().Cluster.MinimumMembers);
        Assert.Equal(
            "environment variable AKKA__LOGLEVEL: akka.loglevel must be one of DEBUG, INFO, WARNING, ERROR, OFF, "
                + "found \"LOUD\"",
            Assert.Single(Load("", "AKKA__LOGLEVEL=LOUD").Findings).ToString());
        Assert.Equal(
            "environment variable ENERGY_NODE__ROEL: energy-node.roel is not a key of this node; did you mean 'role'?",
            Assert.Single(Load("", "ENERGY_NODE__ROEL=observer").Findings).ToString());
    }

    [Fact]
    public void A_file_on_disk_is_read_with_its_includes_and_a_missing_one_is_a_finding()
    {
        DirectoryInfo directory = Directory.CreateTempSubdirectory("energynode-configuration-");
        try
        {
            string file = Path.Combine(directory.FullName, "cluster.hocon");
            File.WriteAllText(file, "include \"site.hocon\"\nenergy-node.listen.port = ${base}1");
            File.WriteAllText(Path.Combine(directory.FullName, "site.hocon"), "base = 80");
            NodeConfiguration node = ConfigurationLoader.Load(file, new Dictionary<string, string>()).Require();
            Assert.Equal(801, node.Listen.Port);
            Assert.Equal(Path.Combine(directory.FullName, "data"), node.DataDirectory);

            string none = Path.Combine(directory.FullName, "none.hocon");
            Assert.Equal(
                $"{none}:1:1: the file does not exist; create it with init, or name another",
                Assert.Single(ConfigurationLoader.Load(none, new Dictionary<string, string>()).Findings).ToString());
            File.WriteAllBytes(none, [0xC3, 0x28]);
            Assert.Equal(
                $"{none}:1:1: the file is not UTF-8; save it as UTF-8",
                Assert.Single(ConfigurationLoader.Load(none, new Dictionary<string, string>()).Findings).ToString());
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("host:1", true)]
    [InlineData("1.2.3.4:65535", true)]
    [InlineData("[::1]:1", true)]
    [InlineData("::1:1", false)]
    [InlineData("[host]:1", false)]
    [InlineData("host:0", false)]
    [InlineData("host:65536", false)]
    [InlineData("host:+1", false)]
    [InlineData(":1", false)]
    [InlineData("ho st:1", false)]
    [InlineData("host", false)]
    public void An_address_is_a_host_and_a_port(string text, bool valid)
    {
        Assert.Equal(valid, NodeAddress.TryParse(text, out NodeAddress address));
        Assert.Equal(valid ? text : ":0", valid ? address.ToString() : ":0");
    }

    private static LoadedConfiguration Load(string text, params string[] environment) =>
        Load(text, "cluster.hocon", environment);

    private static LoadedConfiguration Load(string text, string file, string[]? environment = null) =>
        ConfigurationLoader.Parse(
            text,
            file,
            (environment ?? []).Select(v => v.Split('=', 2)).ToDictionary(parts => parts[0], parts => parts[1]));
}
