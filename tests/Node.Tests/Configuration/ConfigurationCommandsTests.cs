using System.Collections.Generic;
using EnergyNode.Node.Configuration;
using Xunit;

namespace EnergyNode.Node.Tests.Configuration;

public sealed class ConfigurationCommandsTests
{
    private const string File = """
        energy-node.consensus.view-timeout = 900ms
        petabridge.cmd.port = 0
        akka.loglevel = INFO
        akka.io.tcp = { }
        """;

    [Fact]
    public void Check_lists_the_findings_and_a_verdict()
    {
        ConfigurationAnswer good = Commands(File).Check();
        Assert.True(good.Success);
        Assert.Equal(
            """
            c:4:1: warning: akka.io is an Akka.NET key that this node does not honour: use energy-node.network
            ok: 2 overrides, 1 warning
            """,
            good.Text);
        ConfigurationAnswer bad = Commands("energy-node.role = x").Check();
        Assert.False(bad.Success);
        Assert.EndsWith("\nnot usable: 1 error, 0 warnings", bad.Text, System.StringComparison.Ordinal);
    }

    [Fact]
    public void Diff_default_lists_overrides_only_with_their_origin() => Assert.Equal(
        """
        energy-node.admin.port = 0   # default 9110, c:2:23 as petabridge.cmd.port
        energy-node.consensus.view-timeout = 900ms   # default 1s, c:1:38
        """,
        Commands(File).DiffDefault().Text);

    [Fact]
    public void Explain_shows_value_origin_default_range_and_other_names() => Assert.Equal(
        """
        energy-node.admin.port
          The inspection port; 0 takes any free port, which pbm finds through the discovery file.
          value    0
          origin   c:2:23 as petabridge.cmd.port
          default  9110
          type     integer (0 … 65535)
          variable ENERGY_NODE__ADMIN__PORT
          alias    petabridge.cmd.port
        """,
        Commands(File).Explain("energy-node.admin.port").Text);

    [Theory]
    [InlineData("petabridge.cmd", true, "petabridge.cmd.host is another name of energy-node.admin.hostname")]
    [InlineData("energy-node.mempool", true, "energy-node.mempool.max-bytes = 64MiB")]
    [InlineData("akka.actor.provider", false, "does not honour: actors, dispatchers and serialisers are built in")]
    [InlineData("energy-node.admin.prot", false, "is not a key of this node; did you mean 'port'?")]
    [InlineData("energy-node.market", false, "is in the genesis file")]
    [InlineData("nothing.at.all", false, "nothing.at.all is not a key of this node")]
    public void Explain_answers_for_sections_and_for_keys_that_do_not_count(string key, bool success, string expected)
    {
        ConfigurationAnswer answer = Commands(File).Explain(key);
        Assert.Equal(success, answer.Success);
        Assert.Contains(expected, answer.Text, System.StringComparison.Ordinal);
    }

    private static ConfigurationCommands Commands(string text) =>
        new(ConfigurationLoader.Parse(text, "c", new Dictionary<string, string>()));
}
