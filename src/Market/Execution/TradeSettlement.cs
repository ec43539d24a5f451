using System;
using EnergyNode.Ledger;
using EnergyNode.Market.Books;

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

    private void Trade(in BookEvent trade)
    {
        OpenOrder bid = state.Orders[trade.Bid];
        OpenOrder ask = state.Orders[trade.Ask];
        Money cost = trade.Price.CostFloor(trade.Quantity);
        Money fee = bid.Fee.CostFloor(trade.Quantity);
        Reduce(trade.Bid, bid, trade.Quantity);
        Reduce(trade.Ask, ask, trade.Quantity);
        postings.MoveTokens(ask.Owner, bid.Owner, trade.Quantity.ToGrid());
        Money paid = cost >= Money.Zero
            ? postings.Pay(bid.Owner, ask.Owner, cost)
            : Money.Zero - postings.Pay(ask.Owner, bid.Owner, Money.Zero - cost);
        Money feePaid = postings.Pay(bid.Owner, state.Parameters.GridOperator, fee);

        Statement buyer = state.Statements.GetOrDefault(bid.Owner);
        state.Statements.Set(
            bid.Owner,
            buyer with
            {
                BoughtLocally = buyer.BoughtLocally + trade.Quantity,
                PaidLocally = buyer.PaidLocally.PlusBounded(paid),
                GridFees = buyer.GridFees.PlusBounded(feePaid),
            });
        Statement seller = state.Statements.GetOrDefault(ask.Owner);
        state.Statements.Set(
            ask.Owner,
            seller with
            {
                SoldLocally = seller.SoldLocally + trade.Quantity,
                EarnedLocally = seller.EarnedLocally.PlusBounded(paid),
            });
        MarketTotals totals = state.Totals;
        state.Totals = totals with
        {
            Trades = totals.Trades + 1,
            Traded = totals.Traded + trade.Quantity,
            GridFees = totals.GridFees.PlusBounded(feePaid),
        };
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
    private void Reduce(OrderId id, in OpenOrder order, WattHours traded)
    {
        OpenOrder rest = order with { Remaining = order.Remaining - traded };
        postings.ReleaseMoney(order.Owner, order.MoneyHold - rest.MoneyHold);
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
