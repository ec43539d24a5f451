using System.Collections.Generic;
using EnergyNode.Ledger;

namespace EnergyNode.Market.Execution;

/// <summary>
/// What of the open segment is still undecided: orders on their way out, replacements with what they reserve, and the
/// receipts of requests that the book may decline. All of it ends with the segment.
/// </summary>
internal sealed class SegmentRequests
{
    private readonly HashSet<OrderId> _leaving = [];
    private readonly Dictionary<OrderId, Replacement> _replacements = [];
    private readonly Dictionary<(BookOperationKind Kind, OrderId Order), (Receipt[] Receipts, int Index)> _awaited = [];
    private readonly List<OrderId> _unsettled = [];

    public bool IsLeaving(OrderId order) => _leaving.Contains(order);

    public void Leave(OrderId order) => _leaving.Add(order);

    public bool IsReplaced(OrderId order) => _replacements.ContainsKey(order);

    public void Replace(OrderId order, in Replacement replacement) => _replacements.Add(order, replacement);

    /// <summary>The replacement of an order that the book has decided on.</summary>
    public bool TakeReplacement(OrderId order, out Replacement replacement) =>
        _replacements.Remove(order, out replacement);

    /// <summary>The receipt says that all is well, unless the book declines.</summary>
    public void Await(BookOperationKind kind, OrderId order, Receipt[] receipts, int index) =>
        _awaited[(kind, order)] = (receipts, index);

    public void Decline(in BookDecline decline, LedgerError error)
    {
        if (_awaited.TryGetValue((decline.Kind, decline.Order), out (Receipt[] Receipts, int Index) place))
        {
            place.Receipts[place.Index] = new Receipt(error, 0);
        }
    }

    /// <summary>Takes back what an atomic batch that failed had asked for.</summary>
    public void Forget(in BookOperation operation)
    {
        if (operation.Kind == BookOperationKind.Cancel)
        {
            _leaving.Remove(operation.Order.Id);
        }
        else if (operation.Kind == BookOperationKind.Replace)
        {
            _replacements.Remove(operation.Order.Id);
        }
    }

    /// <summary>The segment is over.</summary>
    /// <returns>Replacements that came to nothing, in the order of ids; what they reserve is to be released.</returns>
    public IReadOnlyList<OrderId> UnsettledReplacements()
    {
        _unsettled.Clear();
        _unsettled.AddRange(_replacements.Keys);
        _unsettled.Sort();
        return _unsettled;
    }

    public void Clear()
    {
        _leaving.Clear();
        _replacements.Clear();
        _awaited.Clear();
    }
}
