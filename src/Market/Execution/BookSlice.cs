using System.Collections.Generic;
using EnergyNode.Ledger;

namespace EnergyNode.Market.Execution;

/// <summary>
/// What one book has to do in one segment of a block, in order. All slices of a segment may run in parallel.
/// </summary>
public sealed class BookSlice(BookId book)
{
    public BookId Book { get; } = book;

    public List<BookOperation> Operations { get; } = [];
}
