using System;
using System.IO;
using System.Text;
using EnergyNode.Ledger;
using EnergyNode.Node.Setup;
using EnergyNode.Node.Tests.Crypto;
using Xunit;

namespace EnergyNode.Node.Tests.Setup;

public sealed class GenesisFileTests
{
    [Fact]
    public void A_saved_genesis_reads_back_with_the_same_hash()
    {
        using TemporaryDirectory directory = new();
        GenesisBlock genesis = SampleGenesis.Make();

        GenesisFile.Save(directory.File("genesis.json"), genesis);

        GenesisBlock read = GenesisFile.Load(directory.File("genesis.json"));
        Assert.Equal(genesis.ComputeHash(), read.ComputeHash());
        Assert.Equal(File.ReadAllBytes(directory.File("genesis.json")), GenesisWriter.Render(read));
    }

    [Theory]
    [InlineData(ConsensusProtocol.Pbft, "pbft")]
    [InlineData(ConsensusProtocol.Pos, "pos")]
    [InlineData(ConsensusProtocol.Pow, "pow")]
    public void The_protocol_is_written_as_a_word_and_is_part_of_the_hash(ConsensusProtocol protocol, string word)
    {
        GenesisBlock genesis = SampleGenesis.Make() with
        {
            Consensus = protocol,
            Work = protocol == ConsensusProtocol.Pow
                ? new WorkParameters(Duration.FromMillis(250), 7, new Difficulty(12_345))
                : null,
        };

        byte[] json = GenesisWriter.Render(genesis);

        Assert.Contains($"\"consensus\": \"{word}\"", Encoding.UTF8.GetString(json), StringComparison.Ordinal);
        GenesisBlock read = GenesisFile.Parse("g", json);
        Assert.Equal(protocol, read.Consensus);
        Assert.Equal(genesis.ComputeHash(), read.ComputeHash());
    }

    [Theory]
    [InlineData(ConsensusProtocol.Pow, 10, 1, 16, true)]
    [InlineData(ConsensusProtocol.Pow, 3_600_000, 64, 1L << 50, true)]
    [InlineData(ConsensusProtocol.Pow, 9, 1, 16, false)]
    [InlineData(ConsensusProtocol.Pow, 3_600_001, 1, 16, false)]
    [InlineData(ConsensusProtocol.Pow, 10, 0, 16, false)]
    [InlineData(ConsensusProtocol.Pow, 10, 65, 16, false)]
    [InlineData(ConsensusProtocol.Pow, 10, 1, 15, false)]
    [InlineData(ConsensusProtocol.Pow, 10, 1, (1L << 50) + 1, false)]
    [InlineData(ConsensusProtocol.Pos, 10, 1, 16, false)]
    public void Proof_of_work_needs_parameters_in_range_and_no_other_protocol_takes_them(
        ConsensusProtocol protocol, int blockMillis, int depth, long difficulty, bool isGood)
    {
        GenesisBlock genesis = SampleGenesis.Make() with
        {
            Consensus = protocol,
            Work = new WorkParameters(Duration.FromMillis(blockMillis), depth, new Difficulty(difficulty)),
        };

        Assert.Equal(isGood, genesis.BuildState(out string? problem) is not null);
        Assert.Equal(isGood, problem is null);
        byte[] json = GenesisWriter.Render(genesis);
        if (isGood)
        {
            Assert.Equal(genesis.ComputeHash(), GenesisFile.Parse("g", json).ComputeHash());
        }
        else
        {
            Assert.Contains("work", Assert.Throws<SetupException>(() => GenesisFile.Parse("g", json)).Message,
                StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_byte_order_mark_changes_nothing()
    {
        GenesisBlock genesis = SampleGenesis.Make();

        GenesisBlock read = GenesisFile.Parse("g", (byte[])[0xEF, 0xBB, 0xBF, .. GenesisWriter.Render(genesis)]);

        Assert.Equal(genesis.ComputeHash(), read.ComputeHash());
    }

    [Fact]
    public void An_existing_file_is_not_overwritten()
    {
        using TemporaryDirectory directory = new();
        File.WriteAllText(directory.File("genesis.json"), "mine");

        SetupException refusal = Assert.Throws<SetupException>(
            () => GenesisFile.Save(directory.File("genesis.json"), SampleGenesis.Make()));

        Assert.Contains("not overwritten", refusal.Message, StringComparison.Ordinal);
        Assert.Equal("mine", File.ReadAllText(directory.File("genesis.json")));
    }

    [Fact]
    public void A_missing_file_is_refused_with_what_to_do()
    {
        SetupException refusal = Assert.Throws<SetupException>(() => GenesisFile.Load("/nowhere/genesis.json"));
        Assert.Equal(
            "/nowhere/genesis.json: there is no such file; create a network with `energynode init`, "
            + "or copy its genesis file",
            refusal.Message);
    }

    [Theory]
    [InlineData("\"chain\": \"sample\",", "", "$.chain: is missing; add it")]
    [InlineData("\"sample\"", "\"no spaces\"", "$.chain: is 'no spaces'; write a name")]
    [InlineData("\"sample\"", "7", "$.chain: is a number; write a text")]
    [InlineData("\"chain\"", "\"colour\": 1, \"chain\"", "$.colour: is not known; remove it; known here: chain, c")]
    [InlineData("\"consensus\": \"pos\",", "", "$.consensus: is missing; add it")]
    [InlineData("\"pos\"", "\"pow\"", "$.work: is missing")]
    [InlineData("\"pos\"", "\"Pos\"", "$.consensus: is 'Pos'; write pbft, pos or pow")]
    [InlineData("\"pos\"", "1", "$.consensus: is a number; write a text")]
    [InlineData("2016-08-01T08:00:00.123456Z", "yesterday", "$.time: is 'yesterday'; write a time in UTC")]
    [InlineData("\"validator-2\"", "\"validator-1\"", "$.validators[1].name: is another validator's name too")]
    [InlineData("0202020202020202", "0101010101010101", "$.validators[1].publicKey: is another validator's key")]
    [InlineData("\"power\": 3", "\"power\": 0", "$.validators[1].power: is 0; write a whole number from 1")]
    [InlineData("\"power\": 3", "\"power\": 1.5", "$.validators[1].power: is 1.5; write a whole number")]
    [InlineData("\"oracle\"", "\"wall\"", "$.market.clock: is 'wall'; write oracle or block")]
    [InlineData("\"epochSeconds\": 900", "\"epochSeconds\": -1", "$.market.epochSeconds: is -1; write seconds")]
    [InlineData("\"epochSeconds\": 900", "\"epochSeconds\": 0.0000001", "$.market.epochSeconds: is 0.0000001")]
    [InlineData("\"epochSeconds\": 900", "\"epochSeconds\": 0", "it contradicts itself: the epoch length")]
    [InlineData("\"gridFeeMicroPerKwh\": 10000", "\"gridFeeMicroPerKwh\": null", "gridFeeMicroPerKwh: is null")]
    [InlineData("\"utility\": \"utility\"", "\"utility\": \"nobody\"", "the utility nobody is not among the accounts")]
    [InlineData("\"home-spot\"", "{}", "$.books[0].book: is missing")]
    [InlineData("\"home-spot\"", "7", "$.books[0]: is 7")]
    [InlineData("\"other\"", "\"home-spot\"", "book home-spot is named twice")]
    [InlineData("\"prosumer\"", "\"1\"", "$.accounts[3].kind: is '1'; write consumer, prosumer or operator")]
    [InlineData("\"amiService\"", "\"none\"", "$.accounts[2].roles[0]: is \"none\"; write authority")]
    [InlineData("\"depositMicro\": 5", "\"depositMicro\": -5", "$.accounts[3].depositMicro: is -5; write a whole")]
    [InlineData("\"importRatingW\": 24000", "\"importRatingW\": 0", "$.meters[0].importRatingW: is 0; write a whole")]
    [InlineData("\"agent\": \"gateway\"", "\"agent\": \"nobody\"", "agent nobody for home-1: UserNotFound")]
    [InlineData("\"agents\": [", "\"agents\": [3, ", "$.agents[0]: is a number; write an object")]
    [InlineData("\"books\": [", "\"books\": [[", ":")]
    [InlineData("\"power\": 1", "\"power\": 1, \"power\": 1", "this is no JSON (Duplicate")]
    public void A_wrong_member_is_refused_in_one_line_with_its_path(string part, string instead, string message)
    {
        string json = Encoding.UTF8.GetString(GenesisWriter.Render(SampleGenesis.Make()));
        Assert.Contains(part, json, StringComparison.Ordinal);
        string changed = part == "0202020202020202"
            ? json.Replace(part, instead, StringComparison.Ordinal)
            : ReplaceFirst(json, part, instead);

        SetupException refusal = Assert.Throws<SetupException>(
            () => GenesisFile.Parse("net/genesis.json", Encoding.UTF8.GetBytes(changed)));

        Assert.StartsWith("net/genesis.json:", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(message, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
    }

    [Fact]
    public void A_cut_file_names_the_line_where_it_ends()
    {
        byte[] json = GenesisWriter.Render(SampleGenesis.Make());

        SetupException refusal = Assert.Throws<SetupException>(() => GenesisFile.Parse("g.json", json.AsMemory(0, 60)));

        Assert.StartsWith("g.json:4:", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2016-08-01T08:00:00Z", 1_470_038_400_000_000)]
    [InlineData("2016-08-01T08:00:00.5Z", 1_470_038_400_500_000)]
    [InlineData("1970-01-01T00:00:00.000001Z", 1)]
    public void Times_are_written_as_they_are_read(string text, long micros)
    {
        Assert.True(UtcTime.TryParse(text, out Instant instant));
        Assert.Equal(micros, instant.Micros);
        Assert.Equal(text, UtcTime.Render(instant));
    }

    private static string ReplaceFirst(string text, string part, string instead)
    {
        int at = text.IndexOf(part, StringComparison.Ordinal);
        return text[..at] + instead + text[(at + part.Length)..];
    }
}
