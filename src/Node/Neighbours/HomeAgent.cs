using System;
using System.Collections.Generic;
using System.Linq;
using EnergyNode.Ledger;

namespace EnergyNode.Node.Neighbours;

/// <summary>
/// One home from quarter to quarter: its devices, and what it does with them. It knows the tariff, its own meter and
/// what it has bought and sold ahead; nothing else. The strategies are those of docs/demo.md.
/// </summary>
internal sealed class HomeAgent
{
    private const int TraderSellsPercent = 35;
    private const int TraderBuysPercent = 30;
    private const int ChargerBuysPercent = 55;

    /// <summary>Ahead a home bids less than it will on the spot.</summary>
    private const int AheadDiscountPercent = 20;

    /// <summary>The peak of a day has five hours: a battery's energy is offered over its 20 quarters.</summary>
    private const long PeakQuarterWh = NeighbourLimits.BatteryWh / 20;

    private readonly RecordedProfiles _profiles;
    private readonly CarCharger? _charger;
    private readonly Dictionary<long, Contracts> _contracts = [];

    /// <param name="plan">Of this home.</param>
    /// <param name="profiles">That it draws from.</param>
    /// <param name="charger">When the plan has a charger.</param>
    public HomeAgent(HomePlan plan, RecordedProfiles profiles, CarCharger? charger)
    {
        Plan = plan;
        _profiles = profiles;
        _charger = charger;
        Battery = plan.Battery == BatteryUse.None
            ? null
            : new HomeBattery(NeighbourLimits.BatteryWh, NeighbourLimits.BatteryPowerWh);
    }

    public HomePlan Plan { get; }

    public HomeBattery? Battery { get; }

    /// <summary>Told once for each delivery, when its forward book has closed.</summary>
    public void Learn(long delivery, Contracts contracts) => _contracts[delivery] = contracts;

    public Contracts ContractsOf(long epoch) => _contracts.GetValueOrDefault(epoch);

    /// <summary>Runs the devices for the epoch to be metered now.</summary>
    /// <param name="moment">Which one.</param>
    /// <param name="recorded">The reading of a home as recorded; null for a drawn one.</param>
    public HomeQuarter Run(in Moment moment, (long LoadWh, long SunWh)? recorded)
    {
        (long load, long sun) = recorded ?? Draw(moment.Quarter);
        Contracts contracts = ContractsOf(moment.Epoch);
        long car = 0;
        if (_charger is not null)
        {
            _charger.Begin(moment.QuarterOfDay);
            car = _charger.Charge(moment.QuarterOfDay, contracts.BoughtWh);
        }

        long charged = 0;
        long discharged = 0;
        if (Battery is not null)
        {
            long over = sun - load - car - contracts.OwedWh;
            charged = Battery.Charge(Math.Max(0, over));
            discharged = Battery.Discharge(Math.Max(0, Wanted(-over, contracts, moment.IsPeak)));
        }

        _contracts.Remove(moment.Epoch - 1);
        return new HomeQuarter(load, sun, charged, discharged, car);
    }

    /// <summary>What it would buy or sell for one hour later.</summary>
    /// <param name="now">What its meter has just read.</param>
    /// <param name="delivery">One hour later.</param>
    public AheadWish? Wish(in HomeQuarter now, in Moment delivery)
    {
        if (_charger is { Plan.BuysAhead: true } && !delivery.IsPeak
            && _charger.Plan.IsPlugged(delivery.QuarterOfDay))
        {
            long open = _charger.NeedWh - Pending(delivery).Sum(contracts => contracts.BoughtWh);
            return Of(Side.Buy, Math.Min(open, NeighbourLimits.ChargerPowerWh), ChargerBuysPercent);
        }

        if (Plan.Battery == BatteryUse.Trade && Battery is not null)
        {
            return delivery.IsPeak
                ? Of(Side.Sell, Math.Min(Uncommitted(delivery), PeakQuarterWh), TraderSellsPercent)
                : Of(Side.Buy, Math.Min(Battery.PowerWh, Unfilled(delivery)) / 2, TraderBuysPercent);
        }

        // Half of what is over or lacking now will be so in an hour.
        return Battery is not null ? null
            : now.SurplusWh > 0 ? Of(Side.Sell, now.SurplusWh / 2, Plan.AskPercent)
            : Of(Side.Buy, -now.SurplusWh / 2, Plan.BidPercent - AheadDiscountPercent);
    }

    /// <summary>A trader keeps its energy for what it has sold and for its own peak.</summary>
    private long Wanted(long lacking, Contracts contracts, bool isPeak) =>
        Plan.Battery == BatteryUse.Own || isPeak ? lacking : Math.Min(lacking, contracts.SoldWh);

    /// <summary>The contracts after the present epoch and before a delivery.</summary>
    private IEnumerable<Contracts> Pending(in Moment delivery)
    {
        long now = delivery.Epoch - NeighbourLimits.AheadEpochs;
        return _contracts.Where(contracts => contracts.Key > now).Select(contracts => contracts.Value);
    }

    private long Uncommitted(in Moment delivery) =>
        Battery!.AvailableWh - Pending(delivery).Sum(contracts => contracts.SoldWh);

    private long Unfilled(in Moment delivery) =>
        Battery!.RoomWh - Pending(delivery).Sum(contracts => contracts.BoughtWh);

    private static AheadWish? Of(Side side, long quantityWh, int percent) =>
        quantityWh < NeighbourLimits.LeastForwardWh ? null : new AheadWish(side, quantityWh, percent);

    private (long LoadWh, long SunWh) Draw(int quarter)
    {
        int at = quarter + Plan.ShiftQuarters;
        long load = ((_profiles.Load(Plan.First, at).Wh * Plan.FirstPermille)
            + (_profiles.Load(Plan.Second, at).Wh * Plan.SecondPermille)) / 1_000;
        return (load, _profiles.Sun(Plan.Roof, quarter).Wh * Plan.RoofPermille / 1_000);
    }
}
