using System;
using EnergyNode.Market.Books;

namespace EnergyNode.Node.BookReplay;

/// <summary>The texts of <c>reason</c>; docs/book-replay.md lists them.</summary>
internal static class ReplayReasons
{
    public const string LineTooLong = "line-too-long";

    public const string Malformed = "malformed";

    public const string UnknownOperation = "unknown-op";

    public static string Missing(string field) => "missing-" + field;

    public static string Invalid(string field) => "invalid-" + field;

    public static string Of(BookRefusal refusal) => refusal switch
    {
        BookRefusal.InvalidOrderId => Invalid(ReplayFields.Id),
        BookRefusal.InvalidOrderAmount => Invalid(ReplayFields.Quantity),
        BookRefusal.InvalidPrice => Invalid(ReplayFields.Price),
        BookRefusal.InvalidTerms => "invalid-terms",
        BookRefusal.DuplicateOrderId => "duplicate-id",
        BookRefusal.OrderNotFound => "order-not-found",
        BookRefusal.BookFull => "book-full",
        BookRefusal.WouldTrade => "would-trade",
        _ => throw new InvalidOperationException($"A replayed book cannot refuse with {refusal}."),
    };
}
