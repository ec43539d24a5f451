using System;
using System.Collections.Generic;
using System.Linq;
using EnergyNode.Market.Books;
using Xunit;

namespace EnergyNode.Market.Tests.Books;

/// <summary>
/// BOOK-11: Σ submitted (with what replacing added or took) = Σ filled on both sides + open + withdrawn.
/// </summary>
internal sealed class BookTotals
{
    private readonly long[] _sums = new long[Enum.GetValues<BookEventKind>().Length];
    private long _replacedBy;

    public long Open =>
        Of(BookEventKind.Accepted) + _replacedBy - Of(BookEventKind.Replaced)
        - (2 * Of(BookEventKind.Trade))
        - Of(BookEventKind.Cancelled) - Of(BookEventKind.Expired) - Of(BookEventKind.Prevented);

    public void Add(List<BookEvent> events)
    {
        foreach (BookEvent item in events)
        {
            _sums[(int)item.Kind] += item.Quantity.Wh;
            _replacedBy += item.Kind == BookEventKind.Replaced ? item.Open.Wh : 0;
        }
    }

    public void CheckVariety(BookEventKind[] never) =>
        Assert.All(
            Enum.GetValues<BookEventKind>(),
            kind => Assert.True(Of(kind) > 0 != never.Contains(kind), $"{kind} must happen, or must not"));

    private long Of(BookEventKind kind) => _sums[(int)kind];
}
