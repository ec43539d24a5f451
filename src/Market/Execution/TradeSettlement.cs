using System;
using EnergyNode.Ledger;
using EnergyNode.Market.Books;
using EnergyNode.Market.Coupling;

namespace EnergyNode.Market.Execution;

/// <summary>
/// Step 3 of a segment: turns a book's events into postings. For each trade the tokens go from the seller's hold to the
/// buyer, the money from the buyer's hold to the seller, and the grid fee on top from the buyer to the grid operator.
/// Money and fee are floored once; what is left of a hold goes back to its owner. Statements and totals record what
/// moved: nobody pays himself.
/// </summary>
internal sealed class TradeSettlement(LedgerState state, Postings postings, SegmentRequests requests)
{
    public void Settle(BookSliceResult result)
    {
        foreach (ref readonly BookEvent item in result.Events.AsSpan())
        {
            switch (item.Kind)
            {
                case BookEventKind.Trade:
                    Trade(item);
                    break;
                case BookEventKind.Cancelled:
                case BookEventKind.Expired:
                case BookEventKind.Prevented:
                    End(item.Order);
                    break;
                case BookEventKind.Replaced:
                    Replace(item);
                    break;
                case BookEventKind.Accepted:
                    break;
                default:
                    throw new InvalidOperationException($"Unknown book event {item.Kind}.");
            }
        }

        foreach (BookDecline decline in result.Declines)
        {
            Decline(decline);
        }

        if (result.EndedUntil)
        {
            NoteExpiry(result.Book, result.NextExpiry);
        }
    }

    /// <summary>Gives back what replacements had reserved that came to nothing.</summary>
    public void EndSegment()
    {
        foreach (OrderId id in requests.UnsettledReplacements())
        {
            requests.TakeReplacement(id, out Replacement replacement);
            ReleaseReserve(replacement);
        }

        requests.Clear();
    }

    /// <summary>
    /// A trade of coupled books: the buyer pays what the seller gets, and the rent to the grid operator.
    /// </summary>
    public void Settle(in CoupledTrade trade)
    {
        OpenOrder bid = state.Orders[trade.Bid];
        OpenOrder ask = state.Orders[trade.Ask];
        Price feePrice = DistanceRules.FeeBetween(state, bid.Owner, ask.Owner, bid.Fee);
        Money fee = feePrice.CostFloor(trade.Energy);
        MarketTotals totals = state.Totals;
        state.Totals = totals with { Trades = totals.Trades + 1, Traded = totals.Traded + trade.Energy };
        if (bid.IsForward)
        {
            Contract(trade, bid, ask, feePrice);
            return;
        }

        // GRID-10
        Reduce(trade.Bid, bid, trade.Energy, Money.Zero);
        Reduce(trade.Ask, ask, trade.Energy, Money.Zero);
        postings.MoveTokens(ask.Owner, bid.Owner, trade.Energy.ToGrid());
        Money paid = postings.PaySigned(bid.Owner, ask.Owner, trade.AskPrice.CostFloor(trade.Energy));
        Money feePaid = postings.Pay(bid.Owner, state.Parameters.GridOperator, fee);
        Money rentPaid = postings.Pay(bid.Owner, state.Parameters.GridOperator, trade.Rent);
        TradeRecords.Record(state, bid.Owner, ask.Owner, trade.Energy, paid, feePaid, rentPaid);
        LossRules.Add(state, bid.Owner, ask.Owner, trade.Energy);
    }

    private void Trade(in BookEvent trade) =>
        Settle(new CoupledTrade(trade.Bid, trade.Ask, trade.Quantity, trade.Price, trade.Price));

    /// <summary>
    /// A forward trade moves nothing yet: of the buyer's hold stays what it will cost, of the seller's hold all that
    /// was for this energy.
    /// </summary>
    private void Contract(in CoupledTrade trade, in OpenOrder bid, in OpenOrder ask, Price fee)
    {
        Money cost = trade.BidPrice.CostFloor(trade.Energy);
        Money due = (cost >= Money.Zero ? cost : Money.Zero) + fee.CostFloor(trade.Energy);
        Money collateral = ask.MoneyHold - (ask with { Remaining = ask.Remaining - trade.Energy }).MoneyHold;
        Reduce(trade.Bid, bid, trade.Energy, due);
        Reduce(trade.Ask, ask, trade.Energy, collateral);
        EpochIndex delivery = state.BookParameters[bid.Book].Forward!.Value.Delivery;
        state.Positions.Set(
            new PositionKey(delivery, state.Totals.Trades),
            new Position(
                bid.Owner, ask.Owner, bid.Book, trade.Energy, trade.BidPrice, trade.AskPrice, fee, due, collateral));
    }

    /// <summary>
    /// What the replacement reserved and what the order held are enough for what it holds from now on.
    /// </summary>
    private void Replace(in BookEvent item)
    {
        OpenOrder old = state.Orders[item.Order];
        if (!requests.TakeReplacement(item.Order, out Replacement replacement))
        {
            throw new InvalidOperationException($"Order {item.Order} was replaced without a request.");
        }

        bool keepsPlace = replacement.BookPrice == old.BookPrice && item.Open <= item.Quantity;
        OpenOrder order = old with
        {
            Limit = replacement.Limit,
            BookPrice = replacement.BookPrice,
            HoldPrice = replacement.HoldPrice,
            Remaining = item.Open,
            Priority = keepsPlace ? old.Priority : replacement.Priority,
        };
        ReleaseReserve(replacement);
        postings.ChangeMoneyHold(order.Owner, old.MoneyHold, order.MoneyHold);
        postings.ReleaseTokens(order.Owner, old.TokenHold);
        postings.HoldTokens(order.Owner, order.TokenHold);
        state.Orders.Set(item.Order, order);
    }

    private void Decline(in BookDecline decline)
    {
        requests.Decline(
            decline,
            decline.Refusal == BookRefusal.WouldTrade ? LedgerError.WouldTrade : LedgerError.OrderAlreadyFilled);
        if (decline.Kind == BookOperationKind.Submit)
        {
            End(decline.Order);
        }
    }

    private void NoteExpiry(BookId book, Instant? next)
    {
        if (next is { } instant)
        {
            state.BookExpiries.Set(book, instant);
        }
        else
        {
            state.BookExpiries.Remove(book);
        }
    }

    private void ReleaseReserve(in Replacement replacement)
    {
        postings.ReleaseMoney(replacement.Owner, replacement.Money);
        postings.ReleaseTokens(replacement.Owner, replacement.Tokens);
    }

    private void Release(in OpenOrder order)
    {
        postings.ReleaseMoney(order.Owner, order.MoneyHold);
        postings.ReleaseTokens(order.Owner, order.TokenHold);
    }

    /// <summary>Takes what was traded off an order and frees the part of the hold that it no longer needs.</summary>
    /// <param name="kept">Of the money, what stays held for another purpose.</param>
    private void Reduce(OrderId id, in OpenOrder order, WattHours traded, Money kept)
    {
        OpenOrder rest = order with { Remaining = order.Remaining - traded };
        postings.ReleaseMoney(order.Owner, order.MoneyHold - rest.MoneyHold - kept);
        postings.ReleaseTokens(order.Owner, order.TokenHold - rest.TokenHold);
        if (rest.Remaining == WattHours.Zero)
        {
            Drop(id, order);
        }
        else
        {
            state.Orders.Set(id, rest);
        }
    }

    private void End(OrderId id)
    {
        OpenOrder order = state.Orders[id];
        Release(order);
        Drop(id, order);
    }

    private void Drop(OrderId id, in OpenOrder order)
    {
        state.Orders.Remove(id);
        state.Books.Set(order.Book, state.Books[order.Book] - 1);
        int open = state.OrderCounts[order.Owner] - 1;
        if (open == 0)
        {
            state.OrderCounts.Remove(order.Owner);
        }
        else
        {
            state.OrderCounts.Set(order.Owner, open);
        }
    }
}
