using System;
using System.IO;
using System.Linq;
using EnergyNode.Market.Metering;
using EnergyNode.Node.Demo;
using EnergyNode.Node.Tests.Crypto;
using Xunit;

namespace EnergyNode.Node.Tests.Demo;

public sealed class DemoInputReaderTests
{
    private const string Header = "start_utc,meter_id,consumption_wh,generation_wh,import_wh,export_wh\n";
    private const string TariffHeader = "start_utc,retail_price_usd_per_kwh,carbon_kg_per_kwh\n";

    [Fact]
    public void The_recorded_fortnight_passes_without_quarantine()
    {
        DemoInput input = EpochBatchBuilderTests.ReadInput(new DemoOptions());

        Assert.Equal(17, input.Meters.Count);
        Assert.Equal(22_848, input.Report.Released);
        Assert.Empty(input.Report.Quarantined);
        Assert.Contains(input.Report.Flags, flag => flag.Meter.ToString() == "B14");
    }

    [Fact]
    public void Days_cut_the_readings()
    {
        DemoInput input = EpochBatchBuilderTests.ReadInput(new DemoOptions { Days = 2 });
        Assert.Equal(192, input.Intervals.Count);
        Assert.Equal(192 * 17, input.Report.Released);
    }

    [Fact]
    public void Other_readings_bring_their_own_meter_list_with_a_generous_rating()
    {
        using TemporaryDirectory directory = new();
        DemoInput input = Read(directory, "2016-08-01T08:00:00Z,X,700,10,690,0\n2016-08-01T08:00:00Z,Y,0,20,0,20\n");

        Assert.Equal(["home-X", "home-Y"], input.Meters.Connections.Select(connection => connection.Account));
        Assert.All(input.Meters.Connections, connection => Assert.Equal(2_800, connection.ImportRating.PerInterval.Wh));
    }

    [Fact]
    public void Long_meter_names_get_numbered_accounts()
    {
        using TemporaryDirectory directory = new();
        string name = new('x', 32);
        DemoInput input = Read(directory, $"2016-08-01T08:00:00Z,{name},700,10,690,0\n");
        Assert.Equal("home-0001", input.Meters[0].Account);
    }

    [Fact]
    public void Gaps_and_rows_out_of_order_are_quarantined_not_refused()
    {
        using TemporaryDirectory directory = new();
        DemoInput input = Read(
            directory,
            "2016-08-01T08:15:00Z,X,1,0,1,0\n2016-08-01T08:00:00Z,X,1,0,1,0\n2016-08-01T08:45:00Z,X,1,0,1,0\n");

        Assert.Equal(3, input.Intervals.Count);
        Assert.Equal(1, input.Report.Count(QuarantineRule.OutOfOrder));
        Assert.Equal(1, input.Report.Count(QuarantineRule.Gap));
    }

    [Theory]
    [InlineData("2016-08-01T08:00:00Z,X,-1,0,0,0\n", "meters.csv:2:24: '-1' is negative energy")]
    [InlineData("2016-08-01T08:00:00Z,X,1,0,1\n", "meters.csv:2:")]
    [InlineData(
        "2016-08-01T08:00:00Z,X,1,0,1,0\n2016-08-01T08:00:00Z,X,1,0,1,0\n", "meters.csv:3:22: meter 'X' has this")]
    [InlineData("2016-08-01T10:00:00Z,X,1,0,1,0\n", "tariff.csv:3:1: there is no price for 2016-08-01T10:00:00Z")]
    [InlineData("2016-08-01T09:00:00Z,X,1,0,1,0\n", "tariff.csv:3:22: the price for 2016-08-01T09:00:00Z is out of")]
    public void A_wrong_file_is_refused_at_its_place(string rows, string message)
    {
        using TemporaryDirectory directory = new();

        DemoException refusal = Assert.Throws<DemoException>(() => Read(directory, rows));

        Assert.True(refusal.IsUsage);
        Assert.Contains(message, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
    }

    [Theory]
    [InlineData("Z,home-z,1000,1000", "meters.csv:2:22: meter 'X' is not in the meter list")]
    [InlineData("X,gateway,1000,1000", "has the account 'gateway', choose another name")]
    [InlineData("X,home,1000,0", "has a rating that the ledger does not take")]
    public void A_meter_list_must_fit_the_readings_and_the_ledger(string row, string message)
    {
        using TemporaryDirectory directory = new();
        File.WriteAllText(directory.File("list.csv"), MeterListParser.Header + "\n" + row + "\n");

        DemoException refusal = Assert.Throws<DemoException>(() => Read(
            directory,
            "2016-08-01T08:00:00Z,X,1,0,1,0\n",
            options => options with { MeterListFile = directory.File("list.csv") }));

        Assert.Contains(message, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_and_a_directory_in_its_place_are_refused()
    {
        using TemporaryDirectory directory = new();
        foreach (string file in (string[])[directory.File("none.csv"), directory.Path])
        {
            DemoException refusal = Assert.Throws<DemoException>(
                () => EpochBatchBuilderTests.ReadInput(new DemoOptions { MetersFile = file }));
            Assert.True(refusal.IsUsage);
            Assert.StartsWith(file + ": ", refusal.Message, StringComparison.Ordinal);
        }
    }

    private static DemoInput Read(
        TemporaryDirectory directory, string rows, Func<DemoOptions, DemoOptions>? change = null)
    {
        File.WriteAllText(directory.File("meters.csv"), Header + rows);
        File.WriteAllText(
            directory.File("tariff.csv"),
            TariffHeader + "2016-08-01T08:00:00Z,0.22,0.1\n2016-08-01T09:00:00Z,-0.22,0.1\n");
        DemoOptions options = new()
        {
            MetersFile = directory.File("meters.csv"),
            TariffFile = directory.File("tariff.csv"),
        };
        return EpochBatchBuilderTests.ReadInput(change?.Invoke(options) ?? options);
    }
}
