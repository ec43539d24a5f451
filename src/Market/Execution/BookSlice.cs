using System.Collections.Generic;
using EnergyNode.Ledger;

namespace EnergyNode.Market.Execution;

/// <summary>
/// What one book has to do in one segment of a block, in order. All slices of a segment may run in parallel.
/// </summary>
public sealed class BookSlice(BookId book, BookMechanism mechanism)
{
    public BookId Book { get; } = book;

    /// <summary>How the book finds its trades; another than before only when it is empty.</summary>
    public BookMechanism Mechanism { get; } = mechanism;

    public List<BookOperation> Operations { get; } = [];
}
