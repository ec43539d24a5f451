using System;
using EnergyNode.Ledger;
using EnergyNode.Market.Books;

namespace EnergyNode.Market.Tests.Books;

/// <summary>
/// Random orders of every kind, some of them invalid. In an auction most have no terms that an auction refuses.
/// </summary>
internal sealed class RandomRequests(Xorshift random, BookMechanism mechanism, long spread, int capacity)
{
    public const int Owners = 5;

    private long _lastId;

    public OrderId IdNearby() => new(_lastId - random.Between(-2, capacity * 2));

    /// <summary>Mostly one of the prices and quantities that orders have.</summary>
    public (Price Price, WattHours Quantity) Replacement(BookOrder? old)
    {
        bool samePrice = old is not null && random.Below(2) == 0;
        long price = samePrice ? old!.Value.Price.MicroPerKwh : PriceOf(random.Below(400), (Side)random.Below(2));
        return (new Price(price), new WattHours(QuantityOf(random.Below(400))));
    }

    public BookOrder Order()
    {
        long fault = random.Below(400);
        long id = fault switch
        {
            0 => 0,
            1 => -5,
            < 20 => Math.Max(1, _lastId - random.Below(capacity)),
            _ => ++_lastId,
        };
        Side side = fault == 30 ? (Side)2 : (Side)random.Below(2);
        BookOrder plain = new(
            new OrderId(id), (int)random.Below(Owners), side, new Price(PriceOf(fault, side)),
            new WattHours(QuantityOf(fault)), (BookTimeInForce)random.Below(2));
        bool special = random.Below(mechanism == BookMechanism.Continuous ? 2 : 12) == 0;
        return WithFault(fault, special ? WithTerms(plain) : WithLifetime(plain));
    }

    private BookOrder WithLifetime(BookOrder order) => random.Below(4) switch
    {
        0 => order with { TimeInForce = BookTimeInForce.GoodTillEpoch },
        1 => order with
        {
            TimeInForce = BookTimeInForce.GoodTillTime,
            ValidUntil = new Instant(random.Below(1_000)),
        },
        _ => order,
    };

    private BookOrder WithTerms(BookOrder order)
    {
        BookOrder with = WithLifetime(order) with
        {
            SelfTradePrevention = (SelfTradePrevention)random.Below(4),
            IsPostOnly = random.Below(4) == 0,
            MinimumQuantity = new WattHours(random.Below(4) == 0 ? random.Between(1, 40) : 0),
        };
        with = random.Below(5) == 0
            ? with with { TimeInForce = BookTimeInForce.FillOrKill, ValidUntil = default }
            : with;
        return random.Below(4) == 0
            ? with with
            {
                IsMarket = true,
                Price = default,
                ValidUntil = default,
                IsPostOnly = false,
                TimeInForce = random.Below(3) == 0 ? BookTimeInForce.FillOrKill : BookTimeInForce.ImmediateOrCancel,
            }
            : with;
    }

    private static BookOrder WithFault(long fault, BookOrder order) => fault switch
    {
        31 => order with { TimeInForce = (BookTimeInForce)5 },
        32 => order with { SelfTradePrevention = (SelfTradePrevention)4 },
        33 => order with { ValidUntil = new Instant(7) },
        34 => order with { IsMarket = true },
        35 => order with { MinimumQuantity = new WattHours(-1) },
        36 => order with { MinimumQuantity = new WattHours(order.Quantity.Wh + 1) },
        _ => order,
    };

    private long QuantityOf(long fault) => fault switch
    {
        20 => 0,
        21 => -1,
        22 => BookLimits.MaxOrderWattHours + 1,
        23 => BookLimits.MaxOrderWattHours,
        _ => random.Between(1, 100),
    };

    private long PriceOf(long fault, Side side)
    {
        long price = random.Between(-spread, spread);
        bool apart = spread > 1_000_000 && random.Below(10) != 0;
        return fault switch
        {
            24 => BookLimits.MaxPriceMagnitude + 1,
            25 => -BookLimits.MaxPriceMagnitude - 1,
            26 => BookLimits.MaxPriceMagnitude,
            27 => -BookLimits.MaxPriceMagnitude,
            _ when apart => side == Side.Buy ? -Math.Abs(price) : Math.Abs(price),
            _ => price,
        };
    }
}
