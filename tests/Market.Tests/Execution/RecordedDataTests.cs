using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using EnergyNode.Ledger;
using EnergyNode.Market.Metering;
using EnergyNode.Market.Tests.Books;
using EnergyNode.Market.Tests.Metering;
using Xunit;
using static EnergyNode.Market.Tests.Execution.MarketFixture;

namespace EnergyNode.Market.Tests.Execution;

/// <summary>
/// The recorded fortnight of <c>data/</c> through the whole ledger, one batch for each epoch: readings, then each
/// home's
/// deficit as a bid at the retail price and each surplus as an ask at the feed-in price, then the close.
/// </summary>
public sealed class RecordedDataTests
{
    private const long FeedIn = 50_000;
    private const string File14Days = "prosumers_15min_2016-08-01_14d.csv";

    private static readonly TariffSchedule Tariff = Inputs.Value(TariffParser.Parse(
        "tariff.csv", File.ReadAllBytes(TestFiles.InData("tariff_carbon_hourly_2016-08_2017-07.csv"))));

    [Fact]
    public void The_recorded_fortnight_has_the_stated_totals()
    {
        ReadingValidator validator = new(Inputs.RealMeters());
        List<ReadingInterval> intervals = [];
        foreach (RawReading reading in Inputs.RealReadings().Readings)
        {
            validator.Accept(reading, intervals);
        }

        validator.Complete(intervals);
        MarketFixture market = Replay([.. intervals.Select(interval => interval.Readings.ToArray())]);

        MarketTotals totals = market.State.Totals;
        Assert.Equal((1_344, 22_848, 602), (totals.OpenEpoch.Value, totals.Readings, totals.EpochsWithoutTrade));
        Assert.Equal(
            (4_606_624, 7_969_102, 3_069_814), (totals.Generation.Wh, totals.Consumption.Wh, totals.SelfConsumed.Wh));
        Assert.Equal(
            (650_717, 4_248_571_000_000, 886_093_000_000),
            (totals.Traded.Wh, totals.BoughtFromUtility.Units, totals.SoldToUtility.Units));
        Assert.Equal((4_606_624_000_000, 4_606_624_000_000), (totals.Minted.Units, totals.Burned.Units));
        Assert.Equal(6_507_170, totals.GridFees.Micro);
        Assert.Equal(17L * 1_000_000_000 + 10_000_000_000, totals.Deposited.Micro);
        foreach (AccountId home in market.State.Meters.Keys.Select(meter => new AccountId(meter.Name)))
        {
            Money moved = market.State.Balances[home].Money - new Money(1_000_000_000);
            Assert.Equal(-market.State.Statements[home].Bill.Micro, moved.Micro);
            Assert.True(market.State.Statements[home].Bill <= market.State.Statements[home].WithoutMarket);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Random_parts_of_the_file_have_the_totals_that_the_file_says(ulong seed)
    {
        Xorshift random = new(seed * 7_919);
        List<(string Time, string Meter, long Used, long Made)> rows = [];
        foreach (string line in File.ReadLines(TestFiles.InData(File14Days)).Skip(1))
        {
            string[] cells = line.Split(',');
            long used = long.Parse(cells[2], CultureInfo.InvariantCulture) * random.Between(0, 3);
            long made = long.Parse(cells[3], CultureInfo.InvariantCulture) * random.Between(0, 4);
            if (random.Below(3) > 0)
            {
                rows.Add((cells[0], cells[1], used, made));
            }
        }

        rows = [.. rows.Skip((int)random.Below(9_000)).Take(4_000)];
        long traded = 0, bought = 0, sold = 0, without = 0, epochs = 0;
        foreach ((string Time, string Meter, long Used, long Made)[] epoch in rows.GroupBy(
            row => row.Time, (_, readings) => readings.ToArray()))
        {
            long import = epoch.Sum(row => Math.Max(0, row.Used - row.Made));
            long export = epoch.Sum(row => Math.Max(0, row.Made - row.Used));
            long local = Math.Min(import, export);
            (traded, bought, sold) = (traded + local, bought + import - local, sold + export - local);
            (without, epochs) = (without + (local == 0 ? 1 : 0), epochs + 1);
        }

        MarketTotals totals = Replay([.. rows.GroupBy(row => row.Time).Select(epoch => epoch.Select(Raw).ToArray())])
            .State.Totals;

        Assert.Equal(
            (epochs, rows.Count, without), (totals.OpenEpoch.Value, totals.Readings, totals.EpochsWithoutTrade));
        Assert.Equal(
            (rows.Sum(row => row.Made), rows.Sum(row => row.Used), rows.Sum(row => Math.Min(row.Used, row.Made))),
            (totals.Generation.Wh, totals.Consumption.Wh, totals.SelfConsumed.Wh));
        Assert.Equal(
            (traded, bought * 1_000_000, sold * 1_000_000, traded * 10),
            (totals.Traded.Wh, totals.BoughtFromUtility.Units, totals.SoldToUtility.Units, totals.GridFees.Micro));
        Assert.Equal(totals.Minted, totals.Burned);
        Assert.True(traded > 0 && totals.Minted.Units == totals.Generation.Wh * 1_000_000);
    }

    private static RawReading Raw((string Time, string Meter, long Used, long Made) row) => new(
        0,
        Instant.FromSeconds(DateTimeOffset.Parse(row.Time, CultureInfo.InvariantCulture).ToUnixTimeSeconds()),
        MeterId.Parse(row.Meter),
        new WattHours(row.Used),
        new WattHours(row.Made),
        default,
        default);

    private static MarketFixture Replay(RawReading[][] epochs)
    {
        MarketFixture market = new([.. Inputs.RealMeters().Connections.Select(meter => meter.Meter.ToString())]);
        for (int epoch = 0; epoch < epochs.Length; epoch++)
        {
            Assert.Equal(TariffRefusal.None, Tariff.PriceAt(epochs[epoch][0].Start, out Price retail));
            List<Command> commands = [new Command.SetTariff(retail, new Price(FeedIn))];
            commands.AddRange(epochs[epoch].Select(reading => Reading(
                reading.Meter.ToString(), epoch, reading.Consumption.Wh, reading.Generation.Wh)));
            foreach (RawReading reading in epochs[epoch])
            {
                long surplus = (reading.Generation - reading.Consumption).Wh;
                if (surplus != 0)
                {
                    string home = reading.Meter.ToString();
                    commands.Add(surplus > 0 ? Ask(home, FeedIn, surplus) : Bid(home, retail.MicroPerKwh, -surplus));
                }
            }

            commands.Add(Close(epoch));
            IReadOnlyList<Receipt> receipts = market.Run("gateway", BatchFlags.InOrder, [.. commands]);
            Assert.All(receipts, receipt => Assert.Equal(LedgerError.None, receipt.Error));
        }

        return market;
    }
}
