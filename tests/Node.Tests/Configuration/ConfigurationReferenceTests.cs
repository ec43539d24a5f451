using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using EnergyNode.Actors.Configuration;
using EnergyNode.Ledger;
using EnergyNode.Node.Configuration;
using Xunit;

namespace EnergyNode.Node.Tests.Configuration;

public sealed class ConfigurationReferenceTests
{
    private static readonly Dictionary<string, string> NoVariables = [];

    [Fact]
    public void The_reference_file_has_every_key_with_its_default_and_no_other()
    {
        HoconObject root = HoconParser.Parse(File.ReadAllText(FileAt("cluster.hocon")), "cluster.hocon");
        List<string> written = [];
        Collect(root, "", written);
        Assert.Equal(
            ConfigurationKeys.All.Select(key => $"{key.Name} = {key.Default}").Order(StringComparer.Ordinal),
            written.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_reference_file_is_valid_and_overrides_nothing()
    {
        LoadedConfiguration loaded = ConfigurationLoader.Load(FileAt("cluster.hocon"), NoVariables);
        Assert.Empty(loaded.Findings);
        Assert.Equal("every key has its default", new ConfigurationCommands(loaded).DiffDefault().Text);
        Assert.NotNull(loaded.Configuration);
    }

    [Fact]
    public void Every_default_is_valid_and_shown_as_it_is_written()
    {
        foreach (ConfigurationKey key in ConfigurationKeys.All.Where(key => key.AliasOf is null))
        {
            Assert.Equal(key.Default, key.Type.Show(key.DefaultValue));
        }
    }

    [Fact]
    public void No_key_is_both_honoured_and_reported_as_not_honoured() => Assert.DoesNotContain(
        ConfigurationKeys.All,
        key => UnhonouredKeys.ReasonFor(key.Name) is not null || UnhonouredKeys.IsInGenesis(key.Name));

    [Fact]
    public void The_documentation_has_the_tables_of_the_registry()
    {
        const string marker = "UPDATE_GOLDEN=1. -->\n\n";
        string file = FileAt("docs/configuration.md");
        string text = File.ReadAllText(file);
        int start = text.IndexOf(marker, StringComparison.Ordinal) + marker.Length;
        Assert.True(start > marker.Length, "docs/configuration.md has lost the marker before its tables");
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            File.WriteAllText(file, text[..start] + ConfigurationReference.Markdown());
            return;
        }

        Assert.Equal(ConfigurationReference.Markdown(), text[start..]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void A_written_file_is_read_back_to_the_same_values(int peerCount)
    {
        PeerEntry[] peers =
        [
            .. Enumerable.Range(1, peerCount).Select(i => new PeerEntry(
                $"node-{i}", new NodeAddress(i == 1 ? "::1" : "n.example", 7000 + i), KeyOf((byte)i))),
        ];
        ConfigurationTemplate template = new("node-0\nrole = observer", NodeRole.Observer, "0.0.0.0", 7000, 0, peers)
        {
            DataDirectory = "/var/lib/a \"b\"\\c",
            Keys = new KeyFiles("k/v.key", "k/n.crt", "k/n.key"),
            MinimumMembers = 3,
            Roles = ["solar", "wind"],
        };
        string text = ConfigurationWriter.Render(template);
        LoadedConfiguration loaded = ConfigurationLoader.Parse(text, "/etc/cluster.hocon", NoVariables);
        Assert.Empty(loaded.Findings);
        NodeConfiguration node = loaded.Require();
        Assert.Equal(NodeRole.Observer, node.Role);
        Assert.Equal(template.DataDirectory, node.DataDirectory);
        Assert.Equal("/etc/genesis.json", node.GenesisFile);
        Assert.Equal(new KeyFiles("/etc/k/v.key", "/etc/k/n.crt", "/etc/k/n.key"), node.Keys);
        Assert.Equal(new ListenOptions("0.0.0.0", 7000, "0.0.0.0", 0), node.Listen);
        Assert.Equal(0, node.Admin.Port);
        Assert.Equal(peers, node.Peers);
        Assert.Equal(template.Roles, node.Cluster.Roles);
        Assert.Equal(3, node.Cluster.MinimumMembers);
        Assert.All(text.Split('\n'), line => Assert.Equal(line.TrimEnd(), line));
    }

    private static PublicKey KeyOf(byte value) => new(Enumerable.Repeat(value, PublicKey.Size).ToArray());

    private static void Collect(HoconObject tree, string prefix, List<string> written)
    {
        foreach (HoconField field in tree.Fields)
        {
            if (field.Value is HoconObject section)
            {
                Collect(section, prefix + field.Name + ".", written);
            }
            else
            {
                written.Add($"{prefix}{field.Name} = {HoconText.Render(field.Value)}");
            }
        }
    }

    private static string FileAt(string path) => Path.Combine(Repository.Root, path);
}
