using System;
using System.Text;
using EnergyNode.Ledger;
using EnergyNode.Node.Setup;
using Xunit;

namespace EnergyNode.Node.Tests.Setup;

public sealed class GenesisLinesTests
{
    [Fact]
    public void Lines_read_back_as_written_and_are_part_of_the_hash()
    {
        GenesisBlock genesis = Make();
        GenesisBlock read = GenesisFile.Parse("g", GenesisWriter.Render(genesis));
        Assert.Equal(genesis.Lines, read.Lines);
        Assert.Equal(genesis.ComputeHash(), read.ComputeHash());
        Assert.NotEqual(SampleGenesis.Make().ComputeHash(), read.ComputeHash());
        Assert.DoesNotContain(
            "lines", Encoding.UTF8.GetString(GenesisWriter.Render(SampleGenesis.Make())), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"exportW\": 4000", "\"exportW\": -1", "$.lines[1].exportW: is -1; write a whole number from 0")]
    [InlineData("\"exportW\": 4000", "\"exportW\": 1000000001", "$.lines[1].exportW: is 1000000001")]
    [InlineData("\"zone\": \"south\"", "\"zone\": \"no spaces\"", "$.lines[1].zone: is 'no spaces'; write a name")]
    [InlineData("\"zone\": \"south\"", "\"zone\": \"north\"", "line of zone north: ZoneAlreadyExists")]
    [InlineData("\"parent\": \"north\"", "\"parent\": \"south\"", "line of zone south: GridNotRadial")]
    [InlineData("\"parent\": \"north\"", "\"parent\": \"east\"", "line of zone south: ZoneNotFound")]
    [InlineData("\"parent\": \"north\"", "\"parent\": null", "line of zone south: InvalidRating")]
    [InlineData("\"parent\": \"north\",", "", "$.lines[1].parent: is missing")]
    [InlineData("\"callAuction\"", "\"continuous\"", "book south: BookCannotCouple; make it a callAuction")]
    public void A_line_that_makes_no_sense_is_refused_in_one_line(string part, string instead, string message)
    {
        string json = Encoding.UTF8.GetString(GenesisWriter.Render(Make()));
        Assert.Contains(part, json, StringComparison.Ordinal);
        SetupException refusal = Assert.Throws<SetupException>(() => GenesisFile.Parse(
            "g", Encoding.UTF8.GetBytes(json.Replace(part, instead, StringComparison.Ordinal))));
        Assert.Contains(message, refusal.Message, StringComparison.Ordinal);
    }

    private static GenesisBlock Make() => SampleGenesis.Make() with
    {
        Books = [new GenesisBook(BookId.Parse("south"), BookParameters.Default with { Zone = Label.Parse("north") })],
        Lines =
        [
            new GenesisLine(ZoneId.Parse("north"), default),
            new GenesisLine(ZoneId.Parse("south"), new GridLine(ZoneId.Parse("north"), 4_000, 2_000)),
        ],
    };
}
