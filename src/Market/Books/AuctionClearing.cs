using System;
using EnergyNode.Ledger;

namespace EnergyNode.Market.Books;

/// <summary>Clears a call auction (BOOK-7), at a uniform price (BOOK-8) or as bid (BOOK-20).</summary>
internal sealed class AuctionClearing(OrderStore store, bool payAsBid)
{
    /// <summary>
    /// Appends the trades in walking order: the order is the bid, the counter the ask. Nothing expires here.
    /// </summary>
    public AuctionResult Clear(BookEventBuffer events)
    {
        int start = events.Count;
        long volume = 0;
        Price? lastBid = null;
        Price? lastAsk = null;
        while (TryTouch(out int bidSlot, out int askSlot))
        {
            lastBid = store.PriceOf(bidSlot);
            lastAsk = store.PriceOf(askSlot);
            volume += TradePair(bidSlot, askSlot, events);
        }

        int trades = events.Count - start;
        Price? uniform = null;
        if (!payAsBid && lastBid is { } bid && lastAsk is { } ask)
        {
            // BOOK-8: an arithmetic shift rounds towards minus infinity, for negative prices too.
            uniform = new Price((bid.MicroPerKwh + ask.MicroPerKwh) >> 1);
            events.SetPrice(start, uniform.Value);
        }

        return new AuctionResult(uniform, lastBid, lastAsk, new WattHours(volume), trades, 0);
    }

    /// <summary>The first bid and the first ask, when they overlap.</summary>
    private bool TryTouch(out int bidSlot, out int askSlot)
    {
        bidSlot = store.First(Side.Buy);
        askSlot = store.First(Side.Sell);
        return bidSlot >= 0 && askSlot >= 0 && store.PriceOf(bidSlot) >= store.PriceOf(askSlot);
    }

    private long TradePair(int bidSlot, int askSlot, BookEventBuffer events)
    {
        OrderSlot bid = store.Order(bidSlot);
        OrderSlot ask = store.Order(askSlot);
        Price bidLimit = store.PriceOf(bidSlot);
        long quantity = Math.Min(bid.Open, ask.Open);
        long bidOpen = store.Fill(bidSlot, quantity);
        long askOpen = store.Fill(askSlot, quantity);
        events.AppendTrade(
            Side.Buy, new OrderId(bid.Id), bid.Owner, new OrderId(ask.Id), ask.Owner, bidLimit,
            new WattHours(quantity), new WattHours(bidOpen), new WattHours(askOpen));
        return quantity;
    }
}
