using EnergyNode.Ledger;

namespace EnergyNode.Market.Books;

/// <summary>What can be said of an order without looking into the book (BOOK-1, BOOK-12, BOOK-13).</summary>
public static class OrderAdmission
{
    /// <summary>The first reason to refuse an order in any book of this mechanism.</summary>
    public static BookRefusal Check(BookMechanism mechanism, in BookOrder order)
    {
        if (order.Id.Value < 1)
        {
            return BookRefusal.InvalidOrderId;
        }

        if (!IsQuantity(order.Quantity.Wh) || order.MinimumQuantity.Wh < 0 || order.MinimumQuantity > order.Quantity)
        {
            return BookRefusal.InvalidOrderAmount;
        }

        if (!IsPrice(order.Price.MicroPerKwh))
        {
            return BookRefusal.InvalidPrice;
        }

        return IsPlain(order) ? BookRefusal.None : CheckTerms(mechanism, order);
    }

    internal static bool IsQuantity(long wattHours) => wattHours is >= 1 and <= BookLimits.MaxOrderWattHours;

    internal static bool IsPrice(long microPerKwh) =>
        microPerKwh is >= -BookLimits.MaxPriceMagnitude and <= BookLimits.MaxPriceMagnitude;

    /// <summary>A limit order with the terms that every book takes.</summary>
    private static bool IsPlain(in BookOrder order) =>
        order.TimeInForce <= BookTimeInForce.ImmediateOrCancel
        && order.Side <= Side.Sell
        && order is { IsMarket: false, IsPostOnly: false, SelfTradePrevention: SelfTradePrevention.None }
        && order.MinimumQuantity.Wh == 0
        && order.ValidUntil.Micros == 0;

    private static BookRefusal CheckTerms(BookMechanism mechanism, in BookOrder order)
    {
        if (order.IsMarket && order.Price.MicroPerKwh != 0)
        {
            return BookRefusal.InvalidPrice;
        }

        // BOOK-12
        bool known = order.Side <= Side.Sell
            && order.TimeInForce <= BookTimeInForce.GoodTillTime
            && order.SelfTradePrevention <= SelfTradePrevention.CancelBoth;
        bool contradicts = (order.IsMarket && !order.NeverRests)
            || (order.IsPostOnly && (order.NeverRests || order.MinimumQuantity.Wh > 0))
            || (order.TimeInForce != BookTimeInForce.GoodTillTime && order.ValidUntil.Micros != 0);
        if (!known || contradicts)
        {
            return BookRefusal.InvalidTerms;
        }

        // BOOK-13
        bool onlyContinuous = order.IsMarket || order.IsPostOnly || order.MinimumQuantity.Wh > 0
            || order.TimeInForce == BookTimeInForce.FillOrKill
            || order.SelfTradePrevention != SelfTradePrevention.None;
        return onlyContinuous && mechanism != BookMechanism.Continuous
            ? BookRefusal.NotInAuction
            : BookRefusal.None;
    }
}
