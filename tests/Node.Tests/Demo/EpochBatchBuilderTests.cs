using System.Collections.Generic;
using System.IO;
using System.Linq;
using EnergyNode.Ledger;
using EnergyNode.Market.Metering;
using EnergyNode.Node.Demo;
using EnergyNode.Node.Gateway;
using EnergyNode.Node.Setup;
using EnergyNode.Node.Tests.Network;
using Xunit;

namespace EnergyNode.Node.Tests.Demo;

public sealed class EpochBatchBuilderTests
{
    private static readonly Instant Now = Instant.FromSeconds(1_800_000_000);

    [Fact]
    public void The_batches_of_the_recorded_fortnight_carry_its_exact_deficits_and_surpluses()
    {
        DemoInput input = ReadInput(new DemoOptions());
        EpochBatchBuilder builder = Builder(input);
        Assert.Equal(1_344, input.Intervals.Count);
        long bought = 0;
        long sold = 0;
        long readings = 0;
        long nonce = 0;
        foreach (ReadingInterval interval in input.Intervals)
        {
            SignedBatch batch = builder.Build(interval, Now);
            nonce++;
            Assert.Equal(nonce, batch.Nonce);
            Assert.Equal(BatchFlags.InOrder, batch.Flags);
            Assert.Equal(new Command.CloseEpoch(new EpochIndex(nonce - 1)), batch.Commands[^1]);
            Command.PlaceOrder[] orders = [.. batch.Commands.OfType<Command.PlaceOrder>()];
            Assert.Equal(
                interval.Readings.Count(reading => reading.Consumption != reading.Generation), orders.Length);
            readings += batch.Commands.OfType<Command.SubmitReading>().Count();
            bought += orders.Where(order => order.Side == Side.Buy).Sum(order => order.Quantity.Wh);
            sold += orders.Where(order => order.Side == Side.Sell).Sum(order => order.Quantity.Wh);
        }

        Assert.Equal(22_848, readings);
        Assert.Equal(4_899_288, bought);
        Assert.Equal(1_536_810, sold);
    }

    [Fact]
    public void A_batch_has_the_tariff_when_it_changed_then_readings_bids_asks_and_the_close()
    {
        DemoInput input = ReadInput(new DemoOptions());
        EpochBatchBuilder builder = Builder(input);
        List<string> tariffs = [];
        for (int epoch = 0; epoch < 96; epoch++)
        {
            SignedBatch batch = builder.Build(input.Intervals[epoch], Now);
            int[] kinds = [.. batch.Commands.Select(Kind)];
            Assert.Equal(kinds.Order(), kinds);
            tariffs.AddRange(batch.Commands.OfType<Command.SetTariff>().Select(tariff =>
                $"{epoch}: {tariff.Retail.MicroPerKwh} {tariff.FeedIn.MicroPerKwh}"));
            Assert.All(batch.Commands.OfType<Command.PlaceOrder>(), order =>
            {
                input.Tariff.PriceAt(input.Intervals[epoch].Start, out Price retail);
                Assert.Equal(order.Side == Side.Buy ? retail : new Price(50_000), order.Limit);
                Assert.Equal(TimeInForce.ImmediateOrCancel, order.TimeInForce);
            });
        }

        Assert.Equal(new Price(220_000), input.FirstRetail);
        Assert.Equal(["60: 540000 50000", "80: 220000 50000"], tariffs);
    }

    [Fact]
    public void Homes_stand_in_the_order_of_their_meters_and_trade_the_sum_of_all_they_have()
    {
        Instant start = Instant.FromSeconds(1_470_038_400);
        TariffSchedule tariff = new([new TariffHour(start, new Price(220_000), 0)]);
        EpochBatchBuilder builder = new(
            DemoAccounts.Chain,
            SampleMarket(),
            MarketDefaults.Book,
            [
                new MarketHome(MeterId.Parse("a"), AccountId.Parse("one"), new FakeSigner(1)),
                new MarketHome(MeterId.Parse("b"), AccountId.Parse("two"), new FakeSigner(2)),
                new MarketHome(MeterId.Parse("c"), AccountId.Parse("one"), new FakeSigner(3)),
                new MarketHome(MeterId.Parse("d"), AccountId.Parse("even"), new FakeSigner(4)),
            ],
            tariff,
            new FakeSigner(9));

        SignedBatch batch = builder.Build(
            new ReadingInterval(
                start, [Raw("a", 100, 0, start), Raw("b", 50, 0, start), Raw("c", 0, 30, start), Raw("d", 5, 5, start)]),
            Now);

        Assert.Equal(
            ["one Buy 70", "two Buy 50"],
            batch.Commands.OfType<Command.PlaceOrder>()
                .Select(order => $"{order.Account} {order.Side} {order.Quantity.Wh}"));
        Assert.Equal(Now.Plus(Duration.FromSeconds(3_000)), batch.ValidUntil);
    }

    [Fact]
    public void The_largest_market_fits_into_one_batch()
    {
        Instant start = Instant.FromSeconds(1_470_038_400);
        string[] names = [.. Enumerable.Range(0, GatewayLimits.MaxHomes).Select(n => n.ToString("D32"))];
        EpochBatchBuilder builder = new(
            ChainId.Parse(new string('c', 32)),
            SampleMarket(),
            BookId.Parse(new string('b', 32)),
            [.. names.Select(name => new MarketHome(MeterId.Parse(name), AccountId.Parse(name), new FakeSigner(1)))],
            new TariffSchedule([new TariffHour(start, new Price(1), 0)]),
            new FakeSigner(9));

        SignedBatch batch = builder.Build(
            new ReadingInterval(start, [.. names.Select(name => Raw(name, 1, 0, start))]), Now);

        Assert.InRange(batch.Bytes.Length, 1, Limits.MaxBatchBytes);
        Assert.InRange(batch.Commands.Count, 1_002, Limits.MaxCommandsPerBatch);
    }

    internal static DemoInput ReadInput(DemoOptions options) => new DemoInputReader(
        options, Path.Combine(Configuration.Repository.Root, "data")).Read();

    private static EpochBatchBuilder Builder(DemoInput input) => new(
        DemoAccounts.Chain,
        SampleMarket(),
        MarketDefaults.Book,
        [.. input.Meters.Connections.Select(connection => new MarketHome(
            connection.Meter, AccountId.Parse(connection.Account), new FakeSigner(1)))],
        input.Tariff,
        new FakeSigner(9));

    private static MarketParameters SampleMarket() => Setup.SampleGenesis.Make().Market;

    private static RawReading Raw(string meter, long consumption, long generation, Instant start) => new(
        2,
        start,
        MeterId.Parse(meter),
        new WattHours(consumption),
        new WattHours(generation),
        WattHours.Zero,
        WattHours.Zero);

    private static int Kind(Command command) => command switch
    {
        Command.SetTariff => 0,
        Command.SubmitReading => 1,
        Command.PlaceOrder { Side: Side.Buy } => 2,
        Command.PlaceOrder => 3,
        _ => 4,
    };
}
