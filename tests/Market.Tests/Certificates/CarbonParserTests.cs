using System.Text;
using EnergyNode.Ledger;
using EnergyNode.Market.Certificates;
using EnergyNode.Market.Metering;
using EnergyNode.Market.Tests.Metering;
using Xunit;

namespace EnergyNode.Market.Tests.Certificates;

public sealed class CarbonParserTests
{
    [Theory]
    [InlineData("170.724", 170_724)]
    [InlineData("0", 0)]
    [InlineData("12", 12_000)]
    [InlineData("1000000", 1_000_000_000)]
    public void Grams_become_milligrams_exactly(string text, long milligrams)
    {
        CarbonSchedule schedule = Inputs.Value(Parse($"2016-08-01T12:00:00Z,{text}\n2016-08-01T14:00:00Z,1\n"));
        Assert.Equal(milligrams, schedule.At(Inputs.Noon));
        Assert.Null(schedule.At(Inputs.Noon.Plus(Duration.FromSeconds(3_600))));
        Assert.Equal(1_000, schedule.At(Inputs.Noon.Plus(Duration.FromSeconds(7_200))));
    }

    [Fact]
    public void A_tariff_file_says_it_in_kilograms()
    {
        ParseResult<CarbonSchedule> parsed = CarbonParser.Parse(
            "t.csv", Encoding.UTF8.GetBytes($"{TariffParser.Header}\n2016-08-01T12:00:00Z,0.22,0.170724\n"));
        Assert.Equal(170_724, Inputs.Value(parsed).At(Inputs.Noon));
        Assert.StartsWith(
            "t.csv:2:1: '2016-08-01' is not a time",
            Inputs.Errors(CarbonParser.Parse(
                "t.csv", Encoding.UTF8.GetBytes($"{TariffParser.Header}\n2016-08-01,0.22,0.170724\n"))));
    }

    [Theory]
    [InlineData("2016-08-01T12:15:00Z,1",
        "2:1: '2016-08-01T12:15:00Z' is not on a full hour, give the start of the interval")]
    [InlineData("2016-08-01T12:00:00Z,1.0001", "2:22: the intensity has more than 3 decimals, round it to whole mg per "
        + "kWh")]
    [InlineData("2016-08-01T12:00:00Z,1000000.001",
        "2:22: '1000000.001' is out of range, give the carbon intensity between 0 and 1,000,000")]
    [InlineData("2016-08-01T12:00:00Z,-1",
        "2:22: '-1' is out of range, give the carbon intensity between 0 and 1,000,000")]
    [InlineData("2016-08-01T12:00:00Z,x", "2:22: 'x' is not a number, write the carbon intensity as in 0.22")]
    [InlineData("2016-08-01T12:00:00Z", "2:21: the row has 1 of 2 fields, write start_utc,carbon_g_per_kwh")]
    [InlineData("2016-08-01T12:00:00Z,1\n2016-08-01T12:00:00Z,1",
        "3:1: the hour does not follow the one before it, sort the rows by time, each hour once")]
    public void A_bad_row_is_named_by_line_and_column(string rows, string error) =>
        Assert.Equal($"c.csv:{error}", Inputs.Errors(Parse(rows)));

    [Fact]
    public void A_file_of_something_else_is_refused() => Assert.Equal(
        "c.csv:1:1: the header is 'hour,carbon', write 'start_utc,carbon_g_per_kwh'",
        Inputs.Errors(CarbonParser.Parse("c.csv", "hour,carbon\n"u8)));

    private static ParseResult<CarbonSchedule> Parse(string rows) =>
        CarbonParser.Parse("c.csv", Encoding.UTF8.GetBytes($"{CarbonParser.Header}\n{rows}"));
}
