using System;
using System.Collections.Generic;
using EnergyNode.Ledger;
using EnergyNode.Market.Clearing;
using EnergyNode.Market.Coupling;

namespace EnergyNode.Market.Execution;

/// <summary>
/// The close of an epoch for coupled books: the ledger clears their orders together, from its own leaves, and tells
/// each book what its orders traded. The rules GRID-5… are those of docs/spec/grid.md.
/// </summary>
internal sealed class CouplingClose(LedgerState state)
{
    private readonly NetworkRules _network = new(state);
    private readonly NetworkSnapshot _snapshot = new(state);
    private readonly ClearingRoots _roots = new();
    private readonly SortedDictionary<CouplingKey, List<CoupledOrder>> _orders = [];
    private readonly Dictionary<BookId, CouplingKey> _couplings = [];
    private readonly List<OrderId> _taking = [];
    private readonly List<CoupledTrade> _trades = [];

    /// <summary>Takes each certificate whole; null where nobody wants them.</summary>
    public Action<CouplingCertificate>? Observer { get; set; }

    /// <summary>Whether the book clears here, and not by itself.</summary>
    public bool IsCoupled(BookId book) => _couplings.ContainsKey(book);

    /// <summary>Clears all coupled books of the open epoch and queues what they have to do.</summary>
    public void Clear(SegmentBuilder segment, Height closedAt)
    {
        _trades.Clear();
        _couplings.Clear();
        _orders.Clear();
        if (state.Lines.Count == 0)
        {
            return;
        }

        Forget();
        FindBooks();
        FindOrders();
        foreach ((CouplingKey key, List<CoupledOrder> orders) in _orders)
        {
            Clear(key, orders, segment, closedAt);
        }
    }

    /// <summary>Settles what was cleared; the books know of it.</summary>
    public void Settle(TradeSettlement settlement)
    {
        foreach (CoupledTrade trade in _trades)
        {
            settlement.Settle(trade);
        }
    }

    private void Forget()
    {
        long oldest = state.Totals.OpenEpoch.Value - Limits.CorrectionWindowEpochs;
        foreach (LineEpoch line in state.LineFlows.Keys)
        {
            if (line.Delivery.Value >= oldest)
            {
                break;
            }

            state.LineFlows.Remove(line);
        }
    }

    private void FindBooks()
    {
        EpochIndex epoch = state.Totals.OpenEpoch;
        foreach (BookId book in state.Books.Keys)
        {
            BookParameters parameters = state.BookParameters[book];
            if (_network.IsCoupled(parameters))
            {
                CouplingKey key = new(epoch, parameters.Forward?.Delivery ?? epoch, parameters.Quality);
                _couplings.Add(book, key);
                _orders.TryAdd(key, []);
            }
        }
    }

    /// <summary>GRID-6: who has left the zone since, and what rests in a paused book, does not take part.</summary>
    private void FindOrders()
    {
        _snapshot.Take();
        _taking.Clear();
        foreach (OrderId id in _couplings.Count == 0 ? [] : state.Orders.Keys)
        {
            OpenOrder order = state.Orders[id];
            if (IsCoupled(order.Book) && !state.IsPaused(order.Book)
                && _network.MayOrder(order.Owner, state.BookParameters[order.Book]))
            {
                _taking.Add(id);
                _snapshot.Use(state.GridPlaces[order.Owner]);
            }
        }

        _snapshot.Number();
        foreach (OrderId id in _taking)
        {
            OpenOrder order = state.Orders[id];
            _orders[_couplings[order.Book]].Add(new CoupledOrder(
                _snapshot.NodeOf(state.GridPlaces[order.Owner]),
                order.Book,
                new ClearingOrder(id, order.Owner, order.Side, order.BookPrice, order.Remaining, order.Priority)));
        }
    }

    private void Clear(in CouplingKey key, List<CoupledOrder> found, SegmentBuilder segment, Height closedAt)
    {
        CoupledOrder[] orders = [.. found];
        Array.Sort(orders, CoupledOrder.InOrder);
        NetworkNode[] nodes = _snapshot.NodesFor(key.Delivery);
        NetworkClearing clearing = NetworkClearing.Clear(nodes, orders);
        List<CoupledTrade> trades = TradePairing.Pair(nodes, orders, clearing);
        for (int i = 0; i < orders.Length; i++)
        {
            if (clearing.FilledWh(i) > 0)
            {
                segment.Add(
                    orders[i].Book,
                    BookOperation.Fill(orders[i].Order.Order, new WattHours(clearing.FilledWh(i))));
            }
        }

        _snapshot.Record(key.Delivery, nodes, clearing.Results);
        _trades.AddRange(trades);
        Record(CouplingCertificate.Of(key, nodes, clearing.Results, orders, trades), closedAt);
    }

    private void Record(CouplingCertificate certificate, Height closedAt)
    {
        state.Couplings.Set(
            certificate.Key,
            new CouplingSummary(
                _roots.Of(certificate.Nodes),
                _roots.Of(certificate.Orders),
                _roots.Of(certificate.Trades),
                certificate.Nodes.Count,
                certificate.Orders.Count,
                certificate.Trades.Count,
                certificate.Volume,
                certificate.Rent));
        Dictionary<BookId, EpochResult> results = CoupledResults.Of(certificate, closedAt);
        foreach (BookId book in state.Books.Keys)
        {
            if (_couplings.TryGetValue(book, out CouplingKey key) && key == certificate.Key)
            {
                Price? price = certificate.PriceOf(new ZoneId(state.BookParameters[book].Zone));
                EpochResult result = results.GetValueOrDefault(book, new EpochResult(null, default, 0, 0, closedAt));
                state.EpochResults.Set(
                    new BookEpoch(book, certificate.Key.Epoch),
                    result with { Price = result.Trades > 0 ? price : null });
            }
        }

        Observer?.Invoke(certificate);
    }
}
