using System.Collections.Generic;
using EnergyNode.Ledger;

namespace EnergyNode.Market.Execution;

/// <summary>
/// Collects what the books have to do until the segment ends. Slices come out in the order of book ids.
/// </summary>
internal sealed class SegmentBuilder(LedgerState state)
{
    private SortedDictionary<BookId, BookSlice> _slices = [];

    public bool IsEmpty => _slices.Count == 0;

    public void Add(BookId book, in BookOperation operation)
    {
        if (!_slices.TryGetValue(book, out BookSlice? slice))
        {
            slice = new BookSlice(book, state.BookParameters[book].Mechanism);
            _slices.Add(book, slice);
        }

        slice.Operations.Add(operation);
    }

    public IReadOnlyList<BookSlice> Take()
    {
        BookSlice[] slices = [.. _slices.Values];
        _slices = [];
        return slices;
    }
}
