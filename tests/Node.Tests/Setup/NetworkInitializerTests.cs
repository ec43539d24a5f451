using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using EnergyNode.Ledger;
using EnergyNode.Node.Configuration;
using EnergyNode.Node.Crypto;
using EnergyNode.Node.Setup;
using EnergyNode.Node.Tests.Crypto;
using Xunit;

namespace EnergyNode.Node.Tests.Setup;

public sealed class NetworkInitializerTests
{
    private static readonly Dictionary<string, string> NoEnvironment = [];

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(7)]
    public void Each_validator_gets_a_configuration_that_loads_and_names_all_others(int count)
    {
        using TemporaryDirectory directory = new();
        string net = directory.File("net");

        InitResult result = Init(NetworkPlan.WithDefaultPorts(net, count));

        Assert.Equal(count, result.Network.Validators.Count);
        HashSet<Hash32> genesisHashes = [];
        foreach (CreatedValidator validator in result.Network.Validators)
        {
            LoadedConfiguration loaded = ConfigurationLoader.Load(validator.ConfigurationFile, NoEnvironment);
            Assert.Empty(loaded.Findings);
            NodeConfiguration configuration = loaded.Configuration!;
            Assert.Equal(count - 1, configuration.Peers.Count);
            Assert.DoesNotContain(configuration.Peers, peer => peer.PublicKey == validator.Key);
            using Ed25519Signer signer = KeyFile.Load(configuration.Keys.ValidatorKey);
            Assert.Equal(validator.Key, signer.PublicKey);
            CertificateFiles.Load(configuration.Keys.NodeCertificate, configuration.Keys.NodeCertificateKey).Dispose();
            genesisHashes.Add(GenesisFile.Load(configuration.GenesisFile).ComputeHash());
        }

        Assert.Equal([result.Network.Genesis.ComputeHash()], genesisHashes);
    }

    [Fact]
    public void The_operator_key_belongs_to_the_account_with_all_roles()
    {
        using TemporaryDirectory directory = new();

        InitResult result = Init(NetworkPlan.WithDefaultPorts(directory.File("net"), 1));

        using Ed25519Signer signer = KeyFile.Load(Path.Combine(directory.File("net"), "operator.key"));
        GenesisAccount account = result.Network.Genesis.Accounts.Single(a => a.Key == signer.PublicKey);
        Assert.Equal("operator", account.Account.ToString());
        Assert.Equal(Roles.All, account.Roles);
        Assert.Equal(3, result.KeyFiles.Count(File.Exists));
        Assert.Contains(
            "energynode start --config " + Path.Combine(directory.File("net"), "validator-1", "cluster.hocon"),
            result.Text,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(8)]
    public void Other_numbers_of_validators_are_refused_and_nothing_is_made(int count)
    {
        using TemporaryDirectory directory = new();

        SetupException refusal = Assert.Throws<SetupException>(
            () => Init(NetworkPlan.WithDefaultPorts(directory.File("net"), count)));

        Assert.EndsWith("choose 1, or 4 to 7", refusal.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(directory.File("net")));
    }

    [Fact]
    public void A_directory_that_is_not_empty_is_refused_and_left_alone()
    {
        using TemporaryDirectory directory = new();
        File.WriteAllText(directory.File("mine"), "text");

        SetupException refusal = Assert.Throws<SetupException>(
            () => Init(NetworkPlan.WithDefaultPorts(directory.Path, 4)));

        Assert.Contains("not empty", refusal.Message, StringComparison.Ordinal);
        Assert.Equal([directory.File("mine")], Directory.EnumerateFileSystemEntries(directory.Path));
    }

    [Fact]
    public void A_file_in_place_of_the_directory_is_refused()
    {
        using TemporaryDirectory directory = new();
        File.WriteAllText(directory.File("net"), "text");
        SetupException refusal = Assert.Throws<SetupException>(
            () => Init(NetworkPlan.WithDefaultPorts(directory.File("net"), 4)));
        Assert.Contains("is a file", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("7401,7401,7403,7404", "9110,9111,9112,9113")]
    [InlineData("0,7402,7403,7404", "9110,9111,9112,9113")]
    [InlineData("7401,7402,7403,65536", "9110,9111,9112,9113")]
    [InlineData("7401,7402,7403,7404", "9110,9111,9112")]
    [InlineData("7401,7402,7403,7404", "9110,9111,9112,7401")]
    public void Ports_that_clash_or_are_out_of_range_are_refused(string peers, string admins)
    {
        using TemporaryDirectory directory = new();
        NetworkPlan plan = new(directory.File("net"), Numbers(peers), Numbers(admins));
        Assert.StartsWith("ports:", Assert.Throws<SetupException>(() => Init(plan)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_was_begun_is_taken_away_when_it_cannot_be_finished(bool existed)
    {
        using TemporaryDirectory directory = new();
        string net = directory.File("net");
        if (existed)
        {
            Directory.CreateDirectory(net);
        }

        Assert.Throws<SetupException>(() => new NetworkInitializer(TimeProvider.System).Create(
            NetworkPlan.WithDefaultPorts(net, 4),
            _ => throw new KeyFileException("some.key", "the disk is full", "make room")));

        Assert.Equal(existed, Directory.Exists(net));
        Assert.True(!existed || !Directory.EnumerateFileSystemEntries(net).Any());
    }

    [Fact]
    public void Under_the_block_clock_the_first_epoch_is_the_quarter_hour_of_today()
    {
        Assert.Equal(
            Instant.FromSeconds(1_470_038_400), MarketDefaults.EpochStart(Instant.FromSeconds(1_470_038_400 + 899)));
        Assert.Equal(
            Instant.FromSeconds(1_470_039_300), MarketDefaults.EpochStart(Instant.FromSeconds(1_470_038_400 + 900)));
    }

    private static InitResult Init(NetworkPlan plan) =>
        new InitCommand(TimeProvider.System).Run(plan, ChainId.Parse("local"), MarketClock.Block);

    private static int[] Numbers(string list) => [.. list.Split(',').Select(int.Parse)];
}
