using System;
using System.Collections.Generic;
using System.Linq;
using EnergyNode.Ledger;
using EnergyNode.Market.Metering;

namespace EnergyNode.Node.Gateway;

/// <summary>
/// Makes the one batch of an epoch: the tariff when it changed, the readings, a bid of each home with a deficit, an ask
/// of each home with a surplus, and the close. Batches are in order, with the nonces 1, 2, 3 …
/// </summary>
public sealed class EpochBatchBuilder
{
    private readonly ChainId _chain;
    private readonly BookId _book;
    private readonly ISigner _gateway;
    private readonly TariffSchedule _tariff;
    private readonly Price _feedIn;
    private readonly Dictionary<MeterId, MarketHome> _homes;
    private Price _retail;
    private long _nextEpoch;

    /// <param name="chain">The chain to sign for.</param>
    /// <param name="market">The rules of genesis: retail and feed-in tariff count as set already.</param>
    /// <param name="book">Where the homes trade.</param>
    /// <param name="homes">At most <see cref="GatewayLimits.MaxHomes"/>, each meter once.</param>
    /// <param name="tariff">Has a price for each interval to come.</param>
    /// <param name="gateway">Signs the batches; an oracle operator and the agent of each home.</param>
    public EpochBatchBuilder(
        ChainId chain,
        MarketParameters market,
        BookId book,
        IReadOnlyCollection<MarketHome> homes,
        TariffSchedule tariff,
        ISigner gateway)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(homes.Count, GatewayLimits.MaxHomes);
        _chain = chain;
        _book = book;
        _gateway = gateway;
        _tariff = tariff;
        _feedIn = market.FeedIn;
        _retail = market.Retail;
        _homes = homes.ToDictionary(home => home.Meter);
    }

    /// <param name="interval">The next epoch's readings, sorted by meter.</param>
    /// <param name="now">The batch stays valid for 50 minutes from here.</param>
    public SignedBatch Build(ReadingInterval interval, Instant now)
    {
        if (_tariff.PriceAt(interval.Start, out Price retail) != TariffRefusal.None)
        {
            throw new InvalidOperationException($"The tariff has no price for {interval.Start}.");
        }

        List<Command> commands = new((2 * interval.Readings.Count) + 2);
        if (retail != _retail)
        {
            _retail = retail;
            commands.Add(new Command.SetTariff(retail, _feedIn));
        }

        AddReadings(interval, commands);
        AddOrders(interval, retail, commands);
        commands.Add(new Command.CloseEpoch(new EpochIndex(_nextEpoch)));
        _nextEpoch++;
        return SignedBatch.Sign(
            _chain,
            _nextEpoch,
            now.Plus(Duration.FromSeconds(GatewayLimits.ValiditySeconds)),
            BatchFlags.InOrder,
            commands,
            _gateway);
    }

    private void AddReadings(ReadingInterval interval, List<Command> commands)
    {
        foreach (RawReading reading in interval.Readings)
        {
            MarketHome home = _homes[reading.Meter];
            commands.Add(new Command.SubmitReading(MeterReading.Sign(
                _chain, home.Meter, reading.Start, reading.Consumption, reading.Generation, home.MeterKey)));
        }
    }

    /// <summary>A home with several meters trades their sum; it stands where its first meter does.</summary>
    private void AddOrders(ReadingInterval interval, Price retail, List<Command> commands)
    {
        List<AccountId> order = [];
        Dictionary<AccountId, long> netWh = [];
        foreach (RawReading reading in interval.Readings)
        {
            AccountId account = _homes[reading.Meter].Account;
            if (!netWh.TryGetValue(account, out long before))
            {
                order.Add(account);
            }

            netWh[account] = before + reading.Generation.Wh - reading.Consumption.Wh;
        }

        foreach (AccountId account in order.Where(account => netWh[account] < 0))
        {
            commands.Add(Place(account, Side.Buy, retail, -netWh[account]));
        }

        foreach (AccountId account in order.Where(account => netWh[account] > 0))
        {
            commands.Add(Place(account, Side.Sell, _feedIn, netWh[account]));
        }
    }

    private Command.PlaceOrder Place(AccountId account, Side side, Price limit, long quantityWh) =>
        new(account, _book, side, TimeInForce.ImmediateOrCancel, limit, new WattHours(quantityWh));
}
