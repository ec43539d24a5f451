using System;
using EnergyNode.Ledger;

namespace EnergyNode.Market.Books;

/// <summary>Trades arriving orders against the other side (BOOK-3), with self-trade prevention (BOOK-16).</summary>
internal sealed class ContinuousMatching(OrderStore store)
{
    /// <summary>Whether the order's limit reaches the best price of the other side.</summary>
    public bool Reaches(in BookOrder taker)
    {
        int best = store.Ladder(Opposite(taker.Side)).Best;
        return best >= 0 && Crosses(taker.Side, taker.LimitMicro, store.Level(best).Price);
    }

    /// <summary>BOOK-14, BOOK-15: whether the order could trade as much as it wants at once; changes nothing.</summary>
    public bool CanTrade(in BookOrder taker, long wantedWh) => Quote(taker, wantedWh) is not null;

    /// <summary>BOOK-21: what the order would pay for as much as it wants at once; null when it could not.</summary>
    public FillQuote? Quote(in BookOrder taker, long wantedWh)
    {
        PriceLadder makers = store.Ladder(Opposite(taker.Side));
        LadderCursor cursor = default;
        long missing = wantedWh;
        bool goesOn = true;
        FillQuote quote = default;
        while (goesOn && missing > 0 && makers.Next(ref cursor) is >= 0 and int index)
        {
            ref readonly LevelSlot level = ref store.Level(index);
            if (!Crosses(taker.Side, taker.LimitMicro, level.Price))
            {
                break;
            }

            long before = missing;
            if (taker.SelfTradePrevention == SelfTradePrevention.None)
            {
                missing -= Math.Min(missing, level.Total);
            }
            else
            {
                goesOn = CountOthers(taker, level, ref missing);
            }

            quote = quote.With(new WattHours(before - missing), new Price(level.Price));
        }

        return missing == 0 ? quote : null;
    }

    /// <summary>Trades, at the makers' prices.</summary>
    /// <returns>What is still open and may rest; 0 when prevention took the rest.</returns>
    public long Match(in BookOrder taker, BookEventBuffer events)
    {
        PriceLadder makers = store.Ladder(Opposite(taker.Side));
        bool prevents = taker.SelfTradePrevention != SelfTradePrevention.None;
        long limit = taker.LimitMicro;
        long open = taker.Quantity.Wh;
        while (open > 0 && makers.Best is >= 0 and int best)
        {
            ref readonly LevelSlot level = ref store.Level(best);
            long price = level.Price;
            if (!Crosses(taker.Side, limit, price))
            {
                break;
            }

            int slot = level.Head;
            ref readonly OrderSlot maker = ref store.Order(slot);
            if (prevents && maker.Owner == taker.Owner)
            {
                open = Prevent(taker, slot, open, events);
                continue;
            }

            long makerId = maker.Id;
            int makerOwner = maker.Owner;
            long quantity = Math.Min(open, maker.Open);
            open -= quantity;
            long makerOpen = store.Fill(slot, quantity);
            events.AppendTrade(
                taker.Side, taker.Id, taker.Owner, new OrderId(makerId), makerOwner, new Price(price),
                new WattHours(quantity), new WattHours(open), new WattHours(makerOpen));
        }

        return open;
    }

    private static bool Crosses(Side side, long limit, long resting) =>
        side == Side.Buy ? limit >= resting : limit <= resting;

    private static Side Opposite(Side side) => side == Side.Buy ? Side.Sell : Side.Buy;

    /// <returns>False when the walk ends at an own order.</returns>
    private bool CountOthers(in BookOrder taker, in LevelSlot level, ref long missing)
    {
        for (int slot = level.Head; slot >= 0 && missing > 0; slot = store.Link(slot).Next)
        {
            ref readonly OrderSlot maker = ref store.Order(slot);
            if (maker.Owner != taker.Owner)
            {
                missing -= Math.Min(missing, maker.Open);
            }
            else if (taker.SelfTradePrevention != SelfTradePrevention.CancelMaker)
            {
                return false;
            }
        }

        return true;
    }

    /// <returns>What stays open of the taker.</returns>
    private long Prevent(in BookOrder taker, int makerSlot, long open, BookEventBuffer events)
    {
        if (taker.SelfTradePrevention != SelfTradePrevention.CancelTaker)
        {
            store.Withdraw(makerSlot, BookEventKind.Prevented, events);
        }

        if (taker.SelfTradePrevention == SelfTradePrevention.CancelMaker)
        {
            return open;
        }

        events.AppendSingle(BookEventKind.Prevented, taker with { Quantity = new WattHours(open) }, WattHours.Zero);
        return 0;
    }
}
