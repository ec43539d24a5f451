using System;
using EnergyNode.Actors;
using EnergyNode.Node.Neighbours;
using Xunit;

namespace EnergyNode.Node.Tests.Neighbours;

public sealed class HomeDeviceTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_battery_stores_exactly_what_it_took_less_what_it_gave(int seed)
    {
        SplitMix64 random = new((ulong)seed);
        HomeBattery battery = new(NeighbourLimits.BatteryWh, NeighbourLimits.BatteryPowerWh);
        long taken = 0;
        long given = 0;
        for (int step = 0; step < 20_000; step++)
        {
            long wish = random.Below(2_000);
            if (random.Below(2) == 0)
            {
                long room = battery.RoomWh;
                long charged = battery.Charge(wish);
                Assert.Equal(Math.Min(Math.Min(wish, battery.PowerWh), room), charged);
                taken += charged;
            }
            else
            {
                long available = battery.AvailableWh;
                long discharged = battery.Discharge(wish);
                Assert.Equal(Math.Min(Math.Min(wish, battery.PowerWh), available), discharged);
                given += discharged;
            }

            Assert.Equal((taken * 361) - (given * 400), battery.Stored);
            Assert.InRange(battery.StoredWh, 0, NeighbourLimits.BatteryWh);
        }

        Assert.InRange((double)given / taken, 0.89, 0.9025);
    }

    [Fact]
    public void Of_each_full_battery_nine_tenths_come_back()
    {
        HomeBattery battery = new(12_000, 1_250);
        long taken = 0;
        while (battery.Charge(1_250) is > 0 and var charged)
        {
            taken += charged;
        }

        long given = 0;
        while (battery.Discharge(1_250) is > 0 and var discharged)
        {
            given += discharged;
        }

        Assert.Equal(12_631, taken);
        Assert.Equal(11_399, given);
        Assert.InRange(battery.Stored, 0, 399);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_car_leaves_full_and_is_charged_only_while_it_is_there(bool buysAhead)
    {
        CarCharger charger = new(new ChargerPlan(4, 30, buysAhead), new SplitMix64(7));
        for (int day = 0; day < 50; day++)
        {
            long charged = 0;
            long need = 0;
            for (int quarter = 0; quarter < 96; quarter++)
            {
                charger.Begin(quarter);
                need = quarter == 4 ? charger.NeedWh : need;
                long now = charger.Charge(quarter, quarter % 3 == 0 ? 500 : 0);
                Assert.InRange(now, 0, NeighbourLimits.ChargerPowerWh);
                Assert.True(now == 0 || charger.Plan.IsPlugged(quarter));
                charged += now;
            }

            Assert.Equal(need, charged);
            Assert.InRange(need, NeighbourLimits.LeastDriveWh, NeighbourLimits.MostDriveWh);
            Assert.Equal(0, charger.NeedWh);
        }
    }

    [Fact]
    public void A_car_that_buys_ahead_waits_for_what_it_bought_and_the_last_moment()
    {
        CarCharger ahead = new(new ChargerPlan(0, 20, BuysAhead: true), new SplitMix64(7));
        CarCharger atOnce = new(new ChargerPlan(0, 20, BuysAhead: false), new SplitMix64(7));
        ahead.Begin(0);
        atOnce.Begin(0);

        Assert.Equal(0, ahead.Charge(0, 0));
        Assert.Equal(300, ahead.Charge(1, 300));
        Assert.Equal(NeighbourLimits.ChargerPowerWh, atOnce.Charge(0, 0));
        Assert.InRange(ahead.Charge(19, 0), 1, NeighbourLimits.ChargerPowerWh);
    }
}
