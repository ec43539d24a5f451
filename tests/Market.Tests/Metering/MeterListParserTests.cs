using System;
using System.Globalization;
using System.Linq;
using System.Text;
using EnergyNode.Ledger;
using EnergyNode.Market.Metering;
using Xunit;

namespace EnergyNode.Market.Tests.Metering;

public sealed class MeterListParserTests
{
    [Fact]
    public void Meters_are_sorted_and_found()
    {
        MeterList list = Inputs.Value(Parse("B02,home-2,24000,7601\nB01,home_1,3,0\n"));

        Assert.Equal(["B01", "B02"], list.Connections.Select(connection => connection.Meter.ToString()));
        Assert.Equal((0, 1, -1, -1), (Find(list, "B01"), Find(list, "B02"), Find(list, "A"), Find(list, "C")));
        Assert.Equal(new MeterConnection(MeterId.Parse("B02"), "home-2", new Watts(24_000), new Watts(7_601)), list[1]);
        Assert.Equal(new WattHours(6_000), list[1].ImportRating.PerInterval);
        Assert.Equal(new WattHours(1_900), list[1].ExportRating.PerInterval);
        Assert.Equal(WattHours.Zero, list[0].ImportRating.PerInterval);
    }

    [Theory]
    [InlineData("B 2,a,1,1", "2:1: 'B 2' is not a meter id, "
        + "use 1 to 32 letters, digits, dots, hyphens and underscores")]
    [InlineData("B02,a/b,1,1", "2:5: 'a/b' is not an account name, "
        + "use 1 to 32 letters, digits, dots, hyphens and underscores")]
    [InlineData("B02,a,1kW,1", "2:7: '1kW' is not a whole number, write digits only")]
    [InlineData("B02,a,1,-1", "2:9: '-1' is negative power, give 0 or more")]
    [InlineData("B02,a,4000000001,1", "2:7: '4000000001' is out of range, give at most 4,000,000,000")]
    [InlineData("B02,a,1", "2:8: the row has 3 of 4 fields, write meter_id,account,import_rating_w,export_rating_w")]
    [InlineData("B02,a,4000000000,4000000000\nB02,b,1,1",
        "3:1: meter 'B02' is already in line 2, remove one of the two")]
    public void A_bad_row_is_named_by_line_and_column(string rows, string error) =>
        Assert.Equal($"m.csv:{error}", Inputs.Errors(Parse(rows)));

    [Fact]
    public void An_empty_list_is_refused()
    {
        Assert.Equal(
            "m.csv:2:1: the file ends after its header, add at least one meter", Inputs.Errors(Parse(string.Empty)));
        Assert.Equal(
            "m.csv:1:1: the file is empty, write 'meter_id,account,import_rating_w,export_rating_w' "
            + "and at least one meter",
            Inputs.Errors(MeterListParser.Parse("m.csv", [])));
    }

    [Fact]
    public void The_number_of_meters_has_a_limit()
    {
        StringBuilder rows = new();
        for (int meter = 1; meter <= MeteringLimits.MaxMeters; meter++)
        {
            rows.Append(CultureInfo.InvariantCulture, $"M{meter},a,1,1\n");
        }

        Assert.Equal(MeteringLimits.MaxMeters, Inputs.Value(Parse(rows.ToString())).Count);
        rows.Append("M0,a,1,1\n");
        Assert.Equal(
            "m.csv:4098:1: the file has more than 4,096 rows, split it", Inputs.Errors(Parse(rows.ToString())));
    }

    [Fact]
    public void A_list_made_in_code_must_name_each_meter_once()
    {
        MeterConnection meter = new(MeterId.Parse("B01"), "a", new Watts(1), new Watts(1));
        Assert.Throws<ArgumentException>(() => new MeterList([meter, meter]));
    }

    private static int Find(MeterList list, string meter) => list.IndexOf(MeterId.Parse(meter));

    private static ParseResult<MeterList> Parse(string rows) =>
        MeterListParser.Parse("m.csv", Inputs.Utf8($"{MeterListParser.Header}\n{rows}"));
}
