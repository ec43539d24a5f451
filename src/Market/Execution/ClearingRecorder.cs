using System;
using System.Collections.Generic;
using EnergyNode.Ledger;
using EnergyNode.Market.Books;
using EnergyNode.Market.Clearing;

namespace EnergyNode.Market.Execution;

/// <summary>
/// Writes what clearings did into the state. The orders come from the ledger's own leaves and the trades from the
/// books, so that a book that overlooked an order is refuted by its own certificate.
/// </summary>
internal sealed class ClearingRecorder(LedgerState state, CouplingClose couplings)
{
    private static readonly Comparison<ClearingOrder> InPriority = static (left, right) =>
        left.Order == right.Order ? 0 : left.StandsBefore(right) ? -1 : 1;

    private readonly ClearingRoots _roots = new();
    private readonly Dictionary<BookId, List<ClearingOrder>> _orders = [];

    /// <summary>Takes each certificate whole; null where nobody wants them.</summary>
    public Action<ClearingCertificate>? Observer { get; set; }

    /// <summary>
    /// Notes the orders of all call auctions that clear by themselves as they are before the books clear.
    /// </summary>
    public void Prepare()
    {
        _orders.Clear();
        foreach (BookId book in state.Books.Keys)
        {
            if (state.BookParameters[book].Mechanism != BookMechanism.Continuous && !couplings.IsCoupled(book))
            {
                _orders.Add(book, []);
            }
        }

        foreach (OrderId id in state.Orders.Keys)
        {
            OpenOrder order = state.Orders[id];
            if (_orders.TryGetValue(order.Book, out List<ClearingOrder>? orders))
            {
                orders.Add(new ClearingOrder(
                    id, order.Owner, order.Side, order.BookPrice, order.Remaining, order.Priority));
            }
        }

        foreach (BookId book in state.Books.Keys)
        {
            if (_orders.TryGetValue(book, out List<ClearingOrder>? orders))
            {
                orders.Sort(InPriority);
            }
        }
    }

    public void Record(BookSliceResult result, Height closedAt)
    {
        if (result.Auction is not { } auction)
        {
            return;
        }

        List<ClearingTrade> trades = new(auction.Trades);
        foreach (ref readonly BookEvent item in result.Events.AsSpan())
        {
            if (item.Kind == BookEventKind.Trade)
            {
                trades.Add(new ClearingTrade(item.Bid, item.Ask, item.Quantity, item.Price));
            }
        }

        List<ClearingOrder> orders = _orders[result.Book];
        BookMechanism mechanism = state.BookParameters[result.Book].Mechanism;
        BookEpoch key = new(result.Book, state.Totals.OpenEpoch);
        state.EpochResults.Set(
            key, new EpochResult(auction.Price, auction.Volume, auction.Trades, orders.Count, closedAt));
        state.Clearings.Set(
            key,
            new ClearingSummary(
                mechanism, _roots.Of(orders), _roots.Of(trades), orders.Count, trades.Count, auction.Price,
                auction.Volume));
        Observer?.Invoke(new ClearingCertificate(
            result.Book, state.Totals.OpenEpoch, mechanism, orders, trades, auction.Price, auction.Volume));
    }
}
