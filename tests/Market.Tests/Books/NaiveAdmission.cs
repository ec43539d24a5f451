using System;
using EnergyNode.Ledger;
using EnergyNode.Market.Books;

namespace EnergyNode.Market.Tests.Books;

/// <summary>BOOK-1, BOOK-12 and BOOK-13 as a list of sentences.</summary>
internal static class NaiveAdmission
{
    public static BookRefusal Check(BookMechanism mechanism, BookOrder order)
    {
        bool atOnce = order.TimeInForce is BookTimeInForce.ImmediateOrCancel or BookTimeInForce.FillOrKill;
        bool hasMinimum = order.MinimumQuantity != WattHours.Zero;
        (bool Refuse, BookRefusal Why)[] reasons =
        [
            (order.Id.Value <= 0, BookRefusal.InvalidOrderId),
            (order.Quantity.Wh <= 0 || order.Quantity.Wh > 1_000_000_000, BookRefusal.InvalidOrderAmount),
            (order.MinimumQuantity.Wh < 0, BookRefusal.InvalidOrderAmount),
            (order.MinimumQuantity > order.Quantity, BookRefusal.InvalidOrderAmount),
            (Math.Abs(order.Price.MicroPerKwh) > 1_000_000_000_000, BookRefusal.InvalidPrice),
            (order.IsMarket && order.Price.MicroPerKwh != 0, BookRefusal.InvalidPrice),
            (!Enum.IsDefined(order.Side), BookRefusal.InvalidTerms),
            (!Enum.IsDefined(order.TimeInForce), BookRefusal.InvalidTerms),
            (!Enum.IsDefined(order.SelfTradePrevention), BookRefusal.InvalidTerms),
            (order.IsMarket && !atOnce, BookRefusal.InvalidTerms),
            (order.IsPostOnly && atOnce, BookRefusal.InvalidTerms),
            (order.IsPostOnly && hasMinimum, BookRefusal.InvalidTerms),
            (order.ValidUntil != default && order.TimeInForce != BookTimeInForce.GoodTillTime,
                BookRefusal.InvalidTerms),
            (mechanism != BookMechanism.Continuous
                && (order.IsMarket || order.IsPostOnly || hasMinimum
                    || order.TimeInForce == BookTimeInForce.FillOrKill
                    || order.SelfTradePrevention != SelfTradePrevention.None), BookRefusal.NotInAuction),
        ];
        return Array.Find(reasons, reason => reason.Refuse).Why;
    }
}
