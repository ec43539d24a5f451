using EnergyNode.Ledger;
using EnergyNode.Market.Books;

namespace EnergyNode.Market.Execution;

/// <summary>What came of a slice: the book's events in order and, after a clearing, its result.</summary>
public sealed record BookSliceResult(BookId Book, BookEventBuffer Events, AuctionResult? Auction);
