using System;
using System.Collections.Generic;
using EnergyNode.Actors;
using EnergyNode.Ledger;
using EnergyNode.Node.Gateway;
using EnergyNode.Node.Setup;

namespace EnergyNode.Node.Load;

/// <summary>
/// An endless stream of commands at a ratio: meters report one after the other, each reading signed by its meter and
/// followed by its home's share of orders; when all have reported, the epoch closes. Every second home generates and
/// asks, the others bid. All orders are covered. Deterministic.
/// </summary>
internal sealed class LoadPlan
{
    private const long LeastAskMicro = 80_000;
    private const long LeastBidMicro = 100_000;
    private const int PriceSpanMicro = 40_001;

    private readonly ChainId _chain;
    private readonly IReadOnlyList<MarketHome> _homes;
    private readonly Instant _firstEpoch;
    private readonly LoadOptions _options;
    private readonly long _mostWh;
    private readonly SplitMix64 _random = new(1);
    private long _readings;
    private long _orders;

    /// <param name="chain">To sign readings for.</param>
    /// <param name="homes">With their meters' keys, at least one.</param>
    /// <param name="firstEpoch">When epoch 0 starts.</param>
    /// <param name="options">The rates.</param>
    public LoadPlan(ChainId chain, IReadOnlyList<MarketHome> homes, Instant firstEpoch, LoadOptions options)
    {
        _chain = chain;
        _homes = homes;
        _firstEpoch = firstEpoch;
        _options = options;
        long perReading = (options.OrdersPerMinute / options.ReadingsPerMinute) + 1;
        _mostWh = LoadLimits.GenerationWh / perReading;
    }

    /// <summary>Planned so far.</summary>
    public long Readings => _readings;

    /// <inheritdoc cref="Readings"/>
    public long Orders => _orders;

    /// <param name="elapsed">Since the start of the load.</param>
    /// <returns>What is due by then and was not given before; may be empty.</returns>
    public IReadOnlyList<Command> Due(TimeSpan elapsed)
    {
        long due = (long)(elapsed.TotalMinutes * _options.ReadingsPerMinute);
        List<Command> commands = [];
        while (_readings < due)
        {
            AddOne(commands);
        }

        return commands;
    }

    private void AddOne(List<Command> commands)
    {
        int place = (int)(_readings % _homes.Count);
        long epoch = _readings / _homes.Count;
        MarketHome home = _homes[place];
        bool generates = place % 2 == 0;
        commands.Add(new Command.SubmitReading(MeterReading.Sign(
            _chain,
            home.Meter,
            new Instant(_firstEpoch.Micros + (epoch * MarketDefaults.EpochLength.Micros)),
            new WattHours(generates ? 0 : LoadLimits.ConsumptionWh),
            new WattHours(generates ? LoadLimits.GenerationWh : 0),
            home.MeterKey)));
        _readings++;
        long orders = _readings * _options.OrdersPerMinute / _options.ReadingsPerMinute;
        while (_orders < orders)
        {
            commands.Add(Order(home.Account, generates));
            _orders++;
        }

        if (place == _homes.Count - 1)
        {
            commands.Add(new Command.CloseEpoch(new EpochIndex(epoch)));
        }
    }

    private Command.PlaceOrder Order(AccountId account, bool asks)
    {
        long price = (asks ? LeastAskMicro : LeastBidMicro) + _random.Below(PriceSpanMicro);
        long quantity = 1 + _random.Below((int)Math.Min(_mostWh, 1_000));
        return new Command.PlaceOrder(
            account,
            MarketDefaults.Book,
            asks ? Side.Sell : Side.Buy,
            TimeInForce.GoodTillEpoch,
            new Price(price),
            new WattHours(quantity));
    }
}
