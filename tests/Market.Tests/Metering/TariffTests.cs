using System;
using EnergyNode.Ledger;
using EnergyNode.Market.Metering;
using Xunit;

namespace EnergyNode.Market.Tests.Metering;

public sealed class TariffTests
{
    [Theory]
    [InlineData("0.22", 220_000)]
    [InlineData("0.1", 100_000)]
    [InlineData("12", 12_000_000)]
    [InlineData("-0.000001", -1)]
    [InlineData("-1.5", -1_500_000)]
    [InlineData("007.100000", 7_100_000)]
    [InlineData("1000000", 1_000_000_000_000)]
    [InlineData("-1000000.000000", -1_000_000_000_000)]
    public void Decimal_prices_become_micro_units_exactly(string text, long micro)
    {
        TariffSchedule schedule = Inputs.Value(Parse($"2016-08-01T12:00:00Z,{text},0.170724\n"));
        Assert.Equal(new TariffHour(Inputs.Noon, new Price(micro), 170_724), schedule.Hours[0]);
    }

    [Theory]
    [InlineData("2016-08-01T12:15:00Z,1,1",
        "2:1: '2016-08-01T12:15:00Z' is not on a full hour, give the start of the interval")]
    [InlineData("2016-08-01,1,1", "2:1: '2016-08-01' is not a time in UTC, write it as in 2016-08-01T08:15:00Z")]
    [InlineData("2016-08-01T12:00:00Z,0.1234567,1", "2:22: '0.1234567' has more than 6 decimals, round the price to 6")]
    [InlineData("2016-08-01T12:00:00Z,.5,1", "2:22: '.5' is not a number, write the price as in 0.22")]
    [InlineData("2016-08-01T12:00:00Z,5.,1", "2:22: '5.' is not a number, write the price as in 0.22")]
    [InlineData("2016-08-01T12:00:00Z,1e3,1", "2:22: '1e3' is not a number, write the price as in 0.22")]
    [InlineData("2016-08-01T12:00:00Z,--1,1", "2:22: '--1' is not a number, write the price as in 0.22")]
    [InlineData("2016-08-01T12:00:00Z,,1", "2:22: '' is not a number, write the price as in 0.22")]
    [InlineData("2016-08-01T12:00:00Z,1000000.000001,1",
        "2:22: '1000000.000001' is out of range, give the price between -1,000,000 and 1,000,000")]
    [InlineData("2016-08-01T12:00:00Z,-99999999999999999999,1",
        "2:22: '-99999999999999999999' is out of range, give the price between -1,000,000 and 1,000,000")]
    [InlineData("2016-08-01T12:00:00Z,1,-0.1",
        "2:24: '-0.1' is out of range, give the carbon intensity between 0 and 1,000")]
    [InlineData("2016-08-01T12:00:00Z,1,1000.000001",
        "2:24: '1000.000001' is out of range, give the carbon intensity between 0 and 1,000")]
    [InlineData("2016-08-01T12:00:00Z,1", "2:23: the row has 2 of 3 fields, write "
        + "start_utc,retail_price_usd_per_kwh,carbon_kg_per_kwh")]
    [InlineData("2016-08-01T12:00:00Z,1,1000\n2016-08-01T12:00:00Z,1,1",
        "3:1: the hour does not follow the one before it, sort the rows by time, each hour once")]
    public void A_bad_row_is_named_by_line_and_column(string rows, string error) =>
        Assert.Equal($"t.csv:{error}", Inputs.Errors(Parse(rows)));

    [Fact]
    public void An_empty_tariff_is_refused() =>
        Assert.Equal(
            "t.csv:2:1: the file ends after its header, add at least one hour", Inputs.Errors(Parse(string.Empty)));

    [Fact]
    public void The_price_is_that_of_the_hour_which_contains_the_instant()
    {
        TariffSchedule schedule = Inputs.Value(Parse(
            """
            2016-08-01T12:00:00Z,0.1,0
            2016-08-01T13:00:00Z,0.2,0
            2016-08-01T15:00:00Z,0.4,0
            """));

        Assert.Equal((TariffRefusal.BeforeSchedule, 0), At(schedule, -1));
        Assert.Equal((TariffRefusal.None, 100_000), At(schedule, 0));
        Assert.Equal((TariffRefusal.None, 100_000), At(schedule, 3_600_000_000 - 1));
        Assert.Equal((TariffRefusal.None, 200_000), At(schedule, 3_600_000_000));
        Assert.Equal((TariffRefusal.HourMissing, 0), At(schedule, 7_200_000_000));
        Assert.Equal((TariffRefusal.HourMissing, 0), At(schedule, 10_800_000_000 - 1));
        Assert.Equal((TariffRefusal.None, 400_000), At(schedule, 10_800_000_000));
        Assert.Equal((TariffRefusal.None, 400_000), At(schedule, 14_400_000_000 - 1));
        Assert.Equal((TariffRefusal.AfterSchedule, 0), At(schedule, 14_400_000_000));
    }

    [Fact]
    public void A_schedule_made_in_code_must_be_in_order()
    {
        TariffHour hour = new(Inputs.Noon, default, 0);
        Assert.Throws<ArgumentException>(() => new TariffSchedule([hour, hour]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TariffSchedule([]));
    }

    private static (TariffRefusal Refusal, long Micro) At(TariffSchedule schedule, long micros) =>
        (schedule.PriceAt(new Instant(Inputs.Noon.Micros + micros), out Price price), price.MicroPerKwh);

    private static ParseResult<TariffSchedule> Parse(string rows) =>
        TariffParser.Parse("t.csv", Inputs.Utf8($"{TariffParser.Header}\n{rows}"));
}
