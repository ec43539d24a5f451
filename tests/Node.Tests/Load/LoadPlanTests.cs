using System;
using System.Collections.Generic;
using System.Linq;
using EnergyNode.Ledger;
using EnergyNode.Node.Gateway;
using EnergyNode.Node.Load;
using EnergyNode.Node.Tests.Network;
using Xunit;

namespace EnergyNode.Node.Tests.Load;

public sealed class LoadPlanTests
{
    private static readonly Instant FirstEpoch = Instant.FromSeconds(1_800_000_000);

    [Fact]
    public void What_is_due_keeps_both_rates_whatever_the_steps()
    {
        LoadPlan plan = Plan(20_000, 10_000);
        List<Command> all = [];
        for (int step = 1; step <= 100; step++)
        {
            all.AddRange(plan.Due(TimeSpan.FromMilliseconds(step * (step % 7 == 0 ? 601 : 600))));
        }

        all.AddRange(plan.Due(TimeSpan.FromMinutes(1)));
        Assert.Equal(10_000, all.OfType<Command.SubmitReading>().Count());
        Assert.Equal(20_000, all.OfType<Command.PlaceOrder>().Count());
        Assert.Equal((10_000, 20_000), (plan.Readings, plan.Orders));
        Assert.Empty(plan.Due(TimeSpan.FromMinutes(1)));
    }

    [Theory]
    [InlineData(20_000, 10_000)]
    [InlineData(7_000, 10_000)]
    [InlineData(0, 600)]
    [InlineData(59_999, 60)]
    public void Every_ask_is_covered_by_the_reading_before_it_and_epochs_close_when_all_have_reported(
        int orders, int readings)
    {
        long left = 0;
        long epoch = 0;
        HashSet<MeterId> reported = [];
        foreach (Command command in Plan(orders, readings).Due(TimeSpan.FromSeconds(45)))
        {
            switch (command)
            {
                case Command.SubmitReading { Reading: { } reading }:
                    Assert.True(reported.Add(reading.Meter));
                    Assert.Equal(FirstEpoch.Micros + (epoch * 900_000_000), reading.Start.Micros);
                    left = reading.Generation.Wh;
                    break;
                case Command.PlaceOrder { Side: Side.Sell } ask:
                    left -= ask.Quantity.Wh;
                    Assert.InRange(left, 0, LoadLimits.GenerationWh);
                    break;
                case Command.CloseEpoch close:
                    Assert.Equal(epoch, close.Epoch.Value);
                    Assert.Equal(10, reported.Count);
                    reported.Clear();
                    epoch++;
                    break;
            }
        }

        Assert.Equal(readings * 45L / 60 / 10, epoch);
    }

    [Fact]
    public void The_kernels_line_of_the_processors_is_read()
    {
        MachineTime before = MachineTime.Parse("cpu  100 10 50 800 30 5 5 0 0 0");
        MachineTime after = MachineTime.Parse("cpu  130 10 60 850 30 5 5 10 0 0");

        Assert.Equal((170, 1_000), (before.Busy, before.All));
        Assert.Equal(0.4, after.BusySince(before));
        Assert.Equal(0, before.BusySince(before));
        Assert.Throws<System.IO.IOException>(() => MachineTime.Parse("intr 5"));
    }

    [Fact]
    public void The_answer_of_a_node_is_read_in_its_order()
    {
        Assert.Equal(
            [new("signatures", 120), new("all", 500)],
            WorkProbe.Parse("""{"v":1,"ok":true,"rows":[["signatures",120,7],["all",500,null]]}"""u8.ToArray()));
        Assert.Contains(
            "no such",
            Assert.Throws<System.IO.IOException>(() =>
                WorkProbe.Parse("""{"v":1,"ok":false,"error":"no such command"}"""u8.ToArray())).Message,
            StringComparison.Ordinal);
    }

    private static LoadPlan Plan(int orders, int readings) => new(
        LoadAccounts.Chain,
        [
            .. Enumerable.Range(0, 10).Select(n => new MarketHome(
                MeterId.Parse($"m{n}"), AccountId.Parse($"a{n}"), new FakeSigner((byte)(n + 1)))),
        ],
        FirstEpoch,
        new LoadOptions
        {
            OrdersPerMinute = orders,
            ReadingsPerMinute = readings,
        });
}
