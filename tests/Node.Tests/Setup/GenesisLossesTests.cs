using System;
using System.Text;
using EnergyNode.Ledger;
using EnergyNode.Node.Setup;
using Xunit;

namespace EnergyNode.Node.Tests.Setup;

public sealed class GenesisLossesTests
{
    [Theory]
    [InlineData(1, 2, 3)]
    [InlineData(0, 0, 1)]
    [InlineData(250_000, 250_000, 250_000)]
    public void Factors_read_back_as_written_and_are_part_of_the_hash(long feeder, long zone, long across)
    {
        GenesisBlock genesis = SampleGenesis.Make() with { Losses = Factors(feeder, zone, across) };
        GenesisBlock read = GenesisFile.Parse("g", GenesisWriter.Render(genesis));
        Assert.Equal(genesis.Losses, read.Losses);
        Assert.Equal(genesis.ComputeHash(), read.ComputeHash());
        Assert.NotEqual(SampleGenesis.Make().ComputeHash(), read.ComputeHash());
    }

    [Fact]
    public void Where_nothing_is_lost_the_file_says_nothing() => Assert.DoesNotContain(
        "lossPpm", Encoding.UTF8.GetString(GenesisWriter.Render(SampleGenesis.Make())), StringComparison.Ordinal);

    [Theory]
    [InlineData("\"sameFeeder\": 1", "\"sameFeeder\": -1", "$.lossPpm.sameFeeder: is -1; write a whole number from 0")]
    [InlineData("\"acrossZones\": 3", "\"acrossZones\": 250001", "$.lossPpm.acrossZones: is 250001")]
    [InlineData("\"sameZone\": 2,", "", "$.lossPpm.sameZone: is missing")]
    [InlineData("\"sameZone\": 2", "\"sameZone\": 2, \"farther\": 3", "$.lossPpm.farther")]
    [InlineData("\"sameZone\": 2", "\"sameZone\": 4", "loss factors must be 0 to 250000 ppm, on one feeder not above")]
    public void Factors_that_make_no_sense_are_refused_in_one_line(string part, string instead, string message)
    {
        string json = Encoding.UTF8.GetString(
            GenesisWriter.Render(SampleGenesis.Make() with { Losses = Factors(1, 2, 3) }));
        Assert.Contains(part, json, StringComparison.Ordinal);
        SetupException refusal = Assert.Throws<SetupException>(() => GenesisFile.Parse(
            "g", Encoding.UTF8.GetBytes(json.Replace(part, instead, StringComparison.Ordinal))));
        Assert.Contains(message, refusal.Message, StringComparison.Ordinal);
    }

    private static LossFactors Factors(long feeder, long zone, long across) =>
        new(new LossFactor(feeder), new LossFactor(zone), new LossFactor(across));
}
