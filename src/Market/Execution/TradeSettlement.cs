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
public sealed class TradeSettlement(LedgerState state, Postings postings)
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
                    End(item.Order);
                    break;
                case BookEventKind.Accepted:
                    break;
                default:
                    throw new InvalidOperationException($"Unknown book event {item.Kind}.");
            }
        }
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
        Money paid = postings.Pay(bid.Owner, ask.Owner, cost);
        Money feePaid = postings.Pay(bid.Owner, state.Parameters.GridOperator, fee);

        Statement buyer = state.Statements.GetOrDefault(bid.Owner);
        state.Statements.Set(
            bid.Owner,
            buyer with
            {
                BoughtLocally = buyer.BoughtLocally + trade.Quantity,
                PaidLocally = buyer.PaidLocally + paid,
                GridFees = buyer.GridFees + feePaid,
            });
        Statement seller = state.Statements.GetOrDefault(ask.Owner);
        state.Statements.Set(
            ask.Owner,
            seller with
            {
                SoldLocally = seller.SoldLocally + trade.Quantity,
                EarnedLocally = seller.EarnedLocally + paid,
            });
        MarketTotals totals = state.Totals;
        state.Totals = totals with
        {
            Trades = totals.Trades + 1,
            Traded = totals.Traded + trade.Quantity,
            GridFees = totals.GridFees + feePaid,
        };
    }

    /// <summary>Takes what was traded off an order and frees the part of the hold that it no longer needs.</summary>
    private void Reduce(OrderId id, in OpenOrder order, WattHours traded)
    {
        OpenOrder rest = order with { Remaining = order.Remaining - traded };
        if (order.Side == Side.Buy)
        {
            postings.ReleaseMoney(order.Owner, order.MoneyHold - rest.MoneyHold);
        }
        else
        {
            postings.ReleaseTokens(order.Owner, order.TokenHold - rest.TokenHold);
        }

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
        if (order.Side == Side.Buy)
        {
            postings.ReleaseMoney(order.Owner, order.MoneyHold);
        }
        else
        {
            postings.ReleaseTokens(order.Owner, order.TokenHold);
        }

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
