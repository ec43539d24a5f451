using System;
using System.Globalization;
using System.Linq;
using System.Text;
using EnergyNode.Ledger;
using EnergyNode.Market.Books;
using Xunit;

namespace EnergyNode.Market.Tests.Books;

/// <summary>
/// Plays a transcript: a line is a request (<c>buy 1 30Wh @ -5</c> with terms such as <c>ioc</c> or <c>stp=maker</c>,
/// <c>cancel 1</c>, <c>replace 1 20Wh @ -6</c>, <c>clear</c>, <c>book</c> …), the indented lines below it are the
/// answer. Playing renders the whole again, which must be equal.
/// </summary>
internal static class BookTranscript
{
    public static void AssertPlays(BookMechanism mechanism, string transcript, int capacity = 100)
    {
        OrderBook book = new(mechanism, capacity);
        StringBuilder rendered = new();
        foreach (string line in transcript.Split('\n').Where(line => !line.StartsWith("  ", StringComparison.Ordinal)))
        {
            rendered.Append(line).Append('\n');
            Play(book, line.Split(' ', StringSplitOptions.RemoveEmptyEntries), rendered);
            BookAuditor.Check(book);
        }

        Assert.Equal(transcript, rendered.ToString().TrimEnd('\n'));
    }

    private static void Play(OrderBook book, string[] words, StringBuilder rendered)
    {
        BookEventBuffer events = new();
        BookRefusal refusal = BookRefusal.None;
        string? summary = null;
        switch (words[0])
        {
            case "buy" or "sell":
                refusal = book.Submit(ToOrder(words), events);
                break;
            case "restore":
                refusal = book.RestoreOrder(ToOrder(words[1..]));
                break;
            case "cancel":
                refusal = book.Cancel(new OrderId(Number(words[1])), events);
                break;
            case "replace":
                refusal = book.Replace(
                    new OrderId(Number(words[1])), new Price(Number(words[4])), Quantity(words[2]), events);
                break;
            case "cancel-all":
                book.CancelAll((int)NumberAfter(words, "owner="), events);
                break;
            case "end-epoch":
                book.EndEpoch(events);
                break;
            case "end-until":
                book.EndUntil(new Instant(Number(words[1])), events);
                break;
            case "clear":
                refusal = book.Clear(events, out AuctionResult result);
                string price = result.Price?.ToString() ?? "none";
                summary = refusal == BookRefusal.None ? $"price {price}, volume {result.Volume}" : null;
                break;
            default:
                RenderBook(book, rendered);
                break;
        }

        foreach (BookEvent item in events.AsSpan())
        {
            rendered.Append("  ").Append(Render(item)).Append('\n');
        }

        if (summary is not null)
        {
            rendered.Append("  ").Append(summary).Append('\n');
        }

        if (refusal != BookRefusal.None)
        {
            rendered.Append("  refused: ").Append(refusal).Append('\n');
        }
    }

    private static BookOrder ToOrder(string[] words)
    {
        string[] terms = words[5..];
        bool market = words[4] == "market";
        return new BookOrder(
            new OrderId(Number(words[1])),
            (int)NumberAfter(terms, "owner="),
            words[0] == "buy" ? Side.Buy : Side.Sell,
            new Price(market ? 0 : Number(words[4])),
            Quantity(words[2]),
            TimeInForceOf(terms))
        {
            IsMarket = market,
            IsPostOnly = terms.Contains("post"),
            MinimumQuantity = new WattHours(NumberAfter(terms, "min=")),
            ValidUntil = new Instant(NumberAfter(terms, "until=")),
            SelfTradePrevention =
                terms.Contains("stp=maker") ? SelfTradePrevention.CancelMaker
                : terms.Contains("stp=taker") ? SelfTradePrevention.CancelTaker
                : terms.Contains("stp=both") ? SelfTradePrevention.CancelBoth
                : SelfTradePrevention.None,
        };
    }

    private static BookTimeInForce TimeInForceOf(string[] terms) =>
        terms.Contains("ioc") ? BookTimeInForce.ImmediateOrCancel
        : terms.Contains("fok") ? BookTimeInForce.FillOrKill
        : terms.Contains("gte") ? BookTimeInForce.GoodTillEpoch
        : NumberAfter(terms, "until=") > 0 ? BookTimeInForce.GoodTillTime
        : BookTimeInForce.GoodTillCancelled;

    private static long NumberAfter(string[] terms, string name) =>
        Array.Find(terms, term => term.StartsWith(name, StringComparison.Ordinal)) is { } found
            ? Number(found[name.Length..])
            : 0;

    private static WattHours Quantity(string text) =>
        new(Number(text.Replace("Wh", string.Empty, StringComparison.Ordinal)));

    private static string Render(in BookEvent item) => item.Kind switch
    {
        BookEventKind.Accepted => $"accepted {item.Order}",
        BookEventKind.Trade =>
            $"trade {item.Order} with {item.Counter}: {item.Quantity} @ {item.Price}, "
            + $"open {item.Open} and {item.CounterOpen}",
        BookEventKind.Cancelled => $"cancelled {item.Order}: {item.Quantity}",
        BookEventKind.Prevented => $"prevented {item.Order}: {item.Quantity}",
        BookEventKind.Replaced => $"replaced {item.Order}: {item.Quantity} by {item.Open} @ {item.Price}",
        _ => $"expired {item.Order}: {item.Quantity}",
    };

    private static void RenderBook(OrderBook book, StringBuilder rendered)
    {
        foreach (Side side in (Side[])[Side.Buy, Side.Sell])
        {
            foreach (BookOrder order in book.Orders(side))
            {
                rendered.Append(
                    CultureInfo.InvariantCulture, $"  {side} {order.Id}: {order.Quantity} @ {order.Price}\n");
            }
        }
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
