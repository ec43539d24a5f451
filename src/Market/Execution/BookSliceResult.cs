using System.Collections.Generic;
using EnergyNode.Ledger;
using EnergyNode.Market.Books;

namespace EnergyNode.Market.Execution;

/// <summary>What came of a slice: the book's events in order and, after a clearing, its result.</summary>
public sealed record BookSliceResult(BookId Book, BookEventBuffer Events, AuctionResult? Auction)
{
    /// <summary>What the book did not take, in order; mostly nothing.</summary>
    public IReadOnlyList<BookDecline> Declines { get; init; } = [];

    /// <summary>The answer to <see cref="BookOperationKind.Quote"/>; null also when the book has too little.</summary>
    public FillQuote? Quote { get; init; }

    /// <summary>Whether orders good till a time were ended.</summary>
    public bool EndedUntil { get; init; }

    /// <summary>Then when the first of those left ends; null when none is left.</summary>
    public Instant? NextExpiry { get; init; }
}
