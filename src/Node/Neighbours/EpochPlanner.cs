using System;
using System.Collections.Generic;
using System.Linq;
using EnergyNode.Ledger;
using EnergyNode.Market.Metering;
using EnergyNode.Node.Gateway;

namespace EnergyNode.Node.Neighbours;

/// <summary>
/// Runs all homes for one epoch after the other and says what they send: readings with their devices' work in them, an
/// order for what is over or lacking after forward contracts, and forward orders for one hour later. Deterministic.
/// </summary>
internal sealed class EpochPlanner
{
    private readonly ChainId _chain;
    private readonly Price _feedIn;
    private readonly IReadOnlyList<Moment> _moments;
    private readonly IReadOnlyList<ReadingInterval> _recorded;
    private readonly List<(HomeAgent Agent, MarketHome Home)> _homes = [];
    private readonly Dictionary<AccountId, HomeAgent> _firstOf = [];
    private readonly Dictionary<MeterId, RawReading> _readings = [];
    private Price _retail;

    /// <param name="chain">To sign readings for.</param>
    /// <param name="market">The rules of genesis: its tariff counts as set.</param>
    /// <param name="neighbourhood">Who lives there.</param>
    /// <param name="homes">Their meters' keys; each meter once.</param>
    /// <param name="intervals">The epochs, with what was recorded in them.</param>
    /// <param name="tariff">Has a price for each.</param>
    public EpochPlanner(
        ChainId chain,
        MarketParameters market,
        Neighbourhood neighbourhood,
        IReadOnlyCollection<MarketHome> homes,
        IReadOnlyList<ReadingInterval> intervals,
        TariffSchedule tariff)
    {
        _chain = chain;
        _feedIn = market.FeedIn;
        _retail = market.Retail;
        _recorded = intervals;
        _moments = MomentsOf(intervals, tariff, neighbourhood.Profiles.Start);
        Dictionary<MeterId, MarketHome> byMeter = homes.ToDictionary(home => home.Meter);
        int number = 0;
        foreach (HomePlan plan in neighbourhood.Homes)
        {
            number++;
            CarCharger? charger = plan.Charger is { } times
                ? new CarCharger(times, NeighbourDraw.Stream(neighbourhood.Seed, -number))
                : null;
            HomeAgent agent = new(plan, neighbourhood.Profiles, charger);
            _homes.Add((agent, byMeter[plan.Meter]));
            _firstOf.TryAdd(AccountId.Parse(plan.Account), agent);
        }
    }

    public int Epochs => _moments.Count;

    public IReadOnlyList<HomeAgent> Agents => [.. _homes.Select(home => home.Agent)];

    /// <summary>Tells the homes what they have bought and sold for an epoch whose forward books have closed.</summary>
    public void Learn(long delivery, IEnumerable<Position> positions)
    {
        Dictionary<AccountId, Contracts> sums = [];
        foreach (Position position in positions)
        {
            long energy = position.Energy.Wh;
            Contracts buyer = sums.GetValueOrDefault(position.Buyer);
            sums[position.Buyer] = buyer with { BoughtWh = buyer.BoughtWh + energy };
            Contracts seller = sums.GetValueOrDefault(position.Seller);
            sums[position.Seller] = seller with { SoldWh = seller.SoldWh + energy };
        }

        foreach ((AccountId account, Contracts contracts) in sums)
        {
            if (_firstOf.TryGetValue(account, out HomeAgent? agent))
            {
                agent.Learn(delivery, contracts);
            }
        }
    }

    /// <param name="epoch">The one after the last that was planned; from 0.</param>
    public EpochPlan Plan(int epoch)
    {
        Moment moment = _moments[epoch];
        List<Command> commands = [];
        if (moment.Retail != _retail)
        {
            _retail = moment.Retail;
            commands.Add(new Command.SetTariff(moment.Retail, _feedIn));
        }

        List<(HomeAgent Agent, AccountId Account, HomeQuarter Quarter)> metered = Measure(moment, commands);
        AddSpotOrders(moment, metered, commands);
        if (epoch + NeighbourLimits.AheadEpochs < _moments.Count)
        {
            AddForwardOrders(_moments[epoch + NeighbourLimits.AheadEpochs], metered, commands);
        }

        commands.Add(new Command.CloseEpoch(new EpochIndex(epoch)));
        return new EpochPlan(moment, commands, SumZones(metered));
    }

    /// <summary>A recorded home whose reading is missing stays silent.</summary>
    private List<(HomeAgent Agent, AccountId Account, HomeQuarter Quarter)> Measure(
        in Moment moment, List<Command> commands)
    {
        _readings.Clear();
        foreach (RawReading reading in _recorded[(int)moment.Epoch].Readings)
        {
            _readings.Add(reading.Meter, reading);
        }

        List<(HomeAgent Agent, AccountId Account, HomeQuarter Quarter)> metered = [];
        foreach ((HomeAgent agent, MarketHome home) in _homes)
        {
            (long LoadWh, long SunWh)? recorded = null;
            if (agent.Plan.IsRecorded)
            {
                if (!_readings.TryGetValue(home.Meter, out RawReading reading))
                {
                    continue;
                }

                recorded = (reading.Consumption.Wh, reading.Generation.Wh);
            }

            HomeQuarter quarter = agent.Run(moment, recorded);
            commands.Add(new Command.SubmitReading(MeterReading.Sign(
                _chain,
                home.Meter,
                moment.Start,
                new WattHours(quarter.ConsumptionWh),
                new WattHours(quarter.GenerationWh),
                home.MeterKey)));
            metered.Add((agent, home.Account, quarter));
        }

        return metered;
    }

    /// <summary>An account with several meters trades their sum, where its first meter stands.</summary>
    private void AddSpotOrders(
        in Moment moment,
        List<(HomeAgent Agent, AccountId Account, HomeQuarter Quarter)> metered,
        List<Command> commands)
    {
        List<AccountId> order = [];
        Dictionary<AccountId, (long SurplusWh, HomeAgent First)> sums = [];
        foreach ((HomeAgent agent, AccountId account, HomeQuarter quarter) in metered)
        {
            if (!sums.TryGetValue(account, out (long SurplusWh, HomeAgent First) sum))
            {
                order.Add(account);
                sum = (0, agent);
            }

            sums[account] = (sum.SurplusWh + quarter.SurplusWh, sum.First);
        }

        foreach (AccountId account in order)
        {
            (long surplus, HomeAgent agent) = sums[account];
            long open = surplus - _firstOf[account].ContractsOf(moment.Epoch).OwedWh;
            BookId book = NeighbourMarket.Spot(agent.Plan.Zone);
            if (open < 0)
            {
                commands.Add(Order(
                    account, book, Side.Buy, LimitAt(Side.Buy, agent.Plan.BidPercent, moment.Retail), -open));
            }
            else if (Math.Min(open, surplus) > 0)
            {
                commands.Add(Order(
                    account,
                    book,
                    Side.Sell,
                    LimitAt(Side.Sell, agent.Plan.AskPercent, moment.Retail),
                    Math.Min(open, surplus)));
            }
        }
    }

    private void AddForwardOrders(
        in Moment delivery,
        List<(HomeAgent Agent, AccountId Account, HomeQuarter Quarter)> metered,
        List<Command> commands)
    {
        foreach ((HomeAgent agent, AccountId account, HomeQuarter quarter) in metered)
        {
            if (agent.Wish(quarter, delivery) is { } wish)
            {
                commands.Add(Order(
                    account,
                    NeighbourMarket.Ahead(agent.Plan.Zone),
                    wish.Side,
                    LimitAt(wish.Side, wish.Percent, delivery.Retail),
                    wish.QuantityWh));
            }
        }
    }

    /// <summary>Who buys allows for the loss of the longest way: it comes on top, at the retail price.</summary>
    private Price LimitAt(Side side, int percent, Price retail)
    {
        Price limit = new(_feedIn.MicroPerKwh + ((retail.MicroPerKwh - _feedIn.MicroPerKwh) * percent / 100));
        long lost = retail.MicroPerKwh * NeighbourMarket.Losses.AcrossZones.Ppm / 1_000_000;
        return side == Side.Buy ? limit - new Price(lost) : limit;
    }

    private static Command.PlaceOrder Order(
        AccountId account, BookId book, Side side, Price limit, long quantityWh) =>
        new(account, book, side, TimeInForce.ImmediateOrCancel, limit, new WattHours(quantityWh));

    private static ZoneQuarter[] SumZones(List<(HomeAgent Agent, AccountId Account, HomeQuarter Quarter)> metered)
    {
        ZoneQuarter[] zones = new ZoneQuarter[NeighbourMarket.Zones.Count];
        foreach ((HomeAgent agent, AccountId _, HomeQuarter quarter) in metered)
        {
            zones[agent.Plan.Zone] += new ZoneQuarter(
                quarter.ConsumptionWh,
                quarter.GenerationWh,
                quarter.ChargedWh,
                quarter.DischargedWh,
                agent.Battery?.StoredWh ?? 0,
                quarter.CarWh);
        }

        return zones;
    }

    /// <summary>Peak is where the utility's price is above its mean over all epochs.</summary>
    private static List<Moment> MomentsOf(
        IReadOnlyList<ReadingInterval> intervals, TariffSchedule tariff, Instant recordingStart)
    {
        List<Price> prices = [];
        foreach (ReadingInterval interval in intervals)
        {
            if (tariff.PriceAt(interval.Start, out Price price) != TariffRefusal.None)
            {
                throw new InvalidOperationException($"The tariff has no price for {interval.Start}.");
            }

            prices.Add(price);
        }

        long sum = prices.Sum(price => price.MicroPerKwh);
        return
        [
            .. intervals.Select((interval, epoch) => new Moment(
                epoch,
                interval.Start,
                (int)(interval.Start.Since(recordingStart).Micros / (900 * Instant.MicrosPerSecond)),
                prices[epoch],
                prices[epoch].MicroPerKwh * prices.Count > sum)),
        ];
    }
}
