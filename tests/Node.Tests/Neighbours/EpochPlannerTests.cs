using System;
using System.Collections.Generic;
using System.Linq;
using EnergyNode.Actors;
using EnergyNode.Ledger;
using EnergyNode.Market.Metering;
using EnergyNode.Node.Demo;
using EnergyNode.Node.Gateway;
using EnergyNode.Node.Neighbours;
using EnergyNode.Node.Setup;
using EnergyNode.Node.Tests.Network;
using Xunit;

namespace EnergyNode.Node.Tests.Neighbours;

public sealed class EpochPlannerTests
{
    /// <summary>Whatever the forward books do: here chance takes the orders.</summary>
    [Fact]
    public void Four_days_of_seventy_homes_keep_energy_in_all_devices_and_stay_within_every_rating()
    {
        DemoInput input = NeighbourDrawTests.Read(70, 3, days: 4);
        EpochPlanner planner = Planner(input);
        SplitMix64 random = new(11);
        Dictionary<MeterId, MeterConnection> ratings = input.Meters.Connections.ToDictionary(meter => meter.Meter);
        ZoneQuarter sum = default;
        long metered = 0;
        for (int epoch = 0; epoch < planner.Epochs; epoch++)
        {
            EpochPlan plan = planner.Plan(epoch);
            foreach (Command.SubmitReading submit in plan.Commands.OfType<Command.SubmitReading>())
            {
                MeterReading reading = submit.Reading;
                Assert.InRange(reading.Consumption.Wh, 0, ratings[reading.Meter].ImportRating.PerInterval.Wh);
                Assert.InRange(reading.Generation.Wh, 0, ratings[reading.Meter].ExportRating.PerInterval.Wh);
                metered += reading.Consumption.Wh - reading.Generation.Wh;
            }

            sum = plan.Zones.Aggregate(sum, static (left, right) => left + right);
            planner.Learn(epoch + NeighbourLimits.AheadEpochs, Take(plan, random));
        }

        Assert.Equal(metered, sum.ConsumptionWh - sum.GenerationWh);
        Assert.True(sum is { ChargedWh: > 0, DischargedWh: > 0, CarWh: > 0 });
        long stored = planner.Agents.Sum(agent => agent.Battery?.Stored ?? 0);
        Assert.Equal((sum.ChargedWh * HomeBattery.UnitsIn) - (sum.DischargedWh * HomeBattery.UnitsOut), stored);
    }

    [Fact]
    public void A_home_asks_only_for_tokens_that_its_meter_brings_and_bids_for_all_that_it_lacks()
    {
        DemoInput input = NeighbourDrawTests.Read(70, 3);
        EpochPlanner planner = Planner(input);
        SplitMix64 random = new(12);
        Dictionary<string, string> owners =
            input.Meters.Connections.ToDictionary(meter => meter.Meter.ToString(), meter => meter.Account);
        Dictionary<long, Dictionary<string, long>> bought = [];
        for (int epoch = 0; epoch < planner.Epochs; epoch++)
        {
            EpochPlan plan = planner.Plan(epoch);
            Dictionary<string, long> net = plan.Commands.OfType<Command.SubmitReading>().ToDictionary(
                submit => owners[submit.Reading.Meter.ToString()],
                submit => submit.Reading.Generation.Wh - submit.Reading.Consumption.Wh);
            Dictionary<string, long> contracts = bought.GetValueOrDefault(epoch) ?? [];
            foreach (Command.PlaceOrder order in Spot(plan))
            {
                string account = order.Account.ToString();
                long open = net[account] + contracts.GetValueOrDefault(account);
                long expected = order.Side == Side.Buy ? -open : Math.Min(open, net[account]);
                Assert.Equal(expected, order.Quantity.Wh);
            }

            Position[] taken = [.. Take(plan, random)];
            planner.Learn(epoch + NeighbourLimits.AheadEpochs, taken);
            bought[epoch + NeighbourLimits.AheadEpochs] = taken
                .SelectMany(position => new[]
                {
                    (Account: position.Buyer.ToString(), Wh: position.Energy.Wh),
                    (Account: position.Seller.ToString(), Wh: -position.Energy.Wh),
                })
                .GroupBy(change => change.Account)
                .ToDictionary(group => group.Key, group => group.Sum(change => change.Wh));
        }

        Assert.Contains(bought, delivery => delivery.Value.Count > 0);
    }

    [Fact]
    public void The_same_input_plans_the_same_commands_and_nothing_ahead_of_the_last_epoch()
    {
        EpochPlanner first = Planner(NeighbourDrawTests.Read(40, 9));
        EpochPlanner second = Planner(NeighbourDrawTests.Read(40, 9));
        for (int epoch = 0; epoch < first.Epochs; epoch++)
        {
            EpochPlan plan = first.Plan(epoch);
            Assert.Equal(plan.Commands, second.Plan(epoch).Commands);
            Assert.Equal(new Command.CloseEpoch(new EpochIndex(epoch)), plan.Commands[^1]);
            if (epoch >= first.Epochs - NeighbourLimits.AheadEpochs)
            {
                Assert.Empty(Ahead(plan));
            }
        }
    }

    [Fact]
    public void More_commands_than_fit_go_into_several_batches_in_order()
    {
        MeterId longest = MeterId.Parse(new string('m', 32));
        SignedStream stream = new(ChainId.Parse(new string('c', 32)), new FakeSigner(1));
        Command.SubmitReading reading = new(MeterReading.Sign(
            DemoAccounts.Chain, longest, default, new WattHours(1), new WattHours(1), new FakeSigner(2)));

        Command[] commands = [.. Enumerable.Repeat(reading, NeighbourLimits.CommandsPerBatch + 1)];
        IReadOnlyList<SignedBatch> batches = stream.Sign(commands, default);

        Assert.Equal([NeighbourLimits.CommandsPerBatch, 1], batches.Select(batch => batch.Commands.Count));
        Assert.Equal([1, 2], batches.Select(batch => batch.Nonce));
        Assert.All(batches, batch => Assert.InRange(batch.Bytes.Length, 1, EnergyNode.Ledger.Limits.MaxBatchBytes));
        Assert.All(batches, batch => Assert.Equal(BatchFlags.InOrder, batch.Flags));
        Assert.Single(stream.Sign([reading], default));
    }

    /// <summary>Some of the forward orders, in pairs of a bid and an ask.</summary>
    private static IEnumerable<Position> Take(EpochPlan plan, SplitMix64 random)
    {
        Command.PlaceOrder[] orders = [.. Ahead(plan)];
        Queue<Command.PlaceOrder> asks = new(orders.Where(order => order.Side == Side.Sell));
        foreach (Command.PlaceOrder bid in orders.Where(order => order.Side == Side.Buy && random.Below(3) > 0))
        {
            if (asks.TryDequeue(out Command.PlaceOrder? ask) && ask.Account != bid.Account)
            {
                long energy = Math.Min(bid.Quantity.Wh, ask.Quantity.Wh);
                yield return new Position(
                    bid.Account, ask.Account, bid.Book, new WattHours(energy), bid.Limit, bid.Limit, default, default,
                    default);
            }
        }
    }

    private static IEnumerable<Command.PlaceOrder> Spot(EpochPlan plan) => plan.Commands.OfType<Command.PlaceOrder>()
        .Where(order => order.Book.ToString().EndsWith("-spot", StringComparison.Ordinal));

    private static IEnumerable<Command.PlaceOrder> Ahead(EpochPlan plan) => plan.Commands.OfType<Command.PlaceOrder>()
        .Where(order => order.Book.ToString().EndsWith("-ahead", StringComparison.Ordinal));

    private static EpochPlanner Planner(DemoInput input) => new(
        DemoAccounts.Chain,
        new MarketParameters(
            MarketClock.Oracle,
            input.Intervals[0].Start,
            MarketDefaults.EpochLength,
            default,
            MarketDefaults.GridFee,
            input.FirstRetail,
            MarketDefaults.FeedIn,
            AccountId.Parse(DemoAccounts.Utility),
            AccountId.Parse(DemoAccounts.GridOperator)),
        input.Neighbourhood!,
        [
            .. input.Meters.Connections.Select(connection => new MarketHome(
                connection.Meter, AccountId.Parse(connection.Account), new FakeSigner(1))),
        ],
        input.Intervals,
        input.Tariff);
}
