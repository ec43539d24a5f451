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

    /// <summary>Lines with "&gt;" are a file, those after them what is found; UPDATE_GOLDEN=1 rewrites these.</summary>
    [Fact]
    public void Every_mistake_in_the_transcript_is_reported_once_with_its_place()
    {
        string transcript = Path.Combine(
            Repository.Root, "tests", "Node.Tests", "Configuration", "findings.txt");
        string expected = File.ReadAllText(transcript);
        List<string> actual = [];
        foreach (string block in expected.Split("\n\n"))
        {
            string[] written = [.. block.Split('\n').Where(line => line.StartsWith('>'))];
            LoadedConfiguration loaded = Load(string.Join('\n', written.Select(line => line[2..])));
            Assert.Equal(loaded.Findings.Any(finding => finding.IsError), loaded.Configuration is null);
            actual.Add(string.Join('\n', written.Concat(loaded.Findings.Select(finding => finding.ToString()))));
        }

        string all = string.Join("\n\n", actual) + "\n";
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            File.WriteAllText(transcript, all);
            return;
        }

        Assert.Equal(expected, all);
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
        string text = $$"""
            energy-node {
              role = Observer, data-dir = "../store", admin.runtime-dir = run, listen.port = 0
              peers = [{ name = mill, address = "[::1]:77", public-key = {{Key1}} }]
              network.max-frame-bytes = 16MiB
            }
            akka { loglevel = debug, cluster { roles = [a, b], seed-nodes = ["akka.tcp://energy-node@h:1", "i:2"] } }
            """;
        const string file = "/etc/energynode/cluster.hocon";
        NodeConfiguration node = ConfigurationLoader.Parse(text, file, new Dictionary<string, string>()).Require();
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
    [InlineData("energy-node.listen.port = 2\nakka.remote.dot-netty.tcp.port = 1", 2, "cluster.hocon:2:34: "
        + "warning: akka.remote.dot-netty.tcp.port has no effect: "
        + "energy-node.listen.port is set by cluster.hocon:1:27; keep one")]
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

    private static LoadedConfiguration Load(string text, params string[] environment) => ConfigurationLoader.Parse(
        text,
        "cluster.hocon",
        environment.Select(v => v.Split('=', 2)).ToDictionary(parts => parts[0], parts => parts[1]));
}
