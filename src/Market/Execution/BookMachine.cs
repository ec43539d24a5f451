using System;
using System.Collections.Generic;
using EnergyNode.Ledger;
using EnergyNode.Market.Books;

namespace EnergyNode.Market.Execution;

/// <summary>One book as the market runs it: a slice in, events out.</summary>
public sealed class BookMachine(BookId id)
{
    private readonly Dictionary<AccountId, int> _handles = [];

    public BookId Id => id;

    public OrderBook Book { get; private set; } = new(BookMechanism.CallAuction);

    /// <exception cref="InvalidOperationException">
    /// The book refused what the ledger had admitted, for a reason that the ledger knows: the two disagree, which is a
    /// bug.
    /// </exception>
    public BookSliceResult Apply(BookSlice slice)
    {
        UseMechanism(slice.Mechanism);
        BookEventBuffer events = new();
        AuctionResult? auction = null;
        FillQuote? quote = null;
        List<BookDecline>? declines = null;
        bool endedUntil = false;
        foreach (BookOperation operation in slice.Operations)
        {
            BookRefusal refusal = BookRefusal.None;
            switch (operation.Kind)
            {
                case BookOperationKind.Submit:
                    refusal = Book.Submit(operation.Order with { Owner = HandleOf(operation.Owner) }, events);
                    break;
                case BookOperationKind.Cancel:
                    refusal = Book.Cancel(operation.Order.Id, events);
                    break;
                case BookOperationKind.Replace:
                    refusal = Replace(operation, events);
                    break;
                case BookOperationKind.Clear:
                    refusal = Book.Clear(events, out AuctionResult result);
                    auction = result;
                    break;
                case BookOperationKind.Fill:
                    refusal = Book.Fill(operation.Order.Id, operation.Order.Quantity);
                    break;
                case BookOperationKind.EndClearing:
                    refusal = Book.EndClearing(events);
                    break;
                case BookOperationKind.Quote:
                    quote = Book.Quote(operation.Order with { Owner = HandleOf(operation.Owner) });
                    break;
                case BookOperationKind.EndEpoch:
                    Book.EndEpoch(events);
                    break;
                default:
                    Book.EndUntil(operation.Until, events);
                    endedUntil = true;
                    break;
            }

            if (refusal != BookRefusal.None)
            {
                Require(MayDecline(operation.Kind, refusal), operation, refusal);
                (declines ??= []).Add(new BookDecline(operation.Kind, operation.Order.Id, refusal));
            }
        }

        return new BookSliceResult(id, events, auction)
        {
            Declines = declines ?? (IReadOnlyList<BookDecline>)[],
            Quote = quote,
            EndedUntil = endedUntil,
            NextExpiry = endedUntil ? Book.NextExpiry() : null,
        };
    }

    /// <summary>
    /// Only an arriving order can find that it would trade, and only a continuous book ends orders within a slice.
    /// </summary>
    private bool MayDecline(BookOperationKind kind, BookRefusal refusal) =>
        Book.Mechanism == BookMechanism.Continuous && refusal switch
        {
            BookRefusal.WouldTrade => kind is BookOperationKind.Submit or BookOperationKind.Replace,
            BookRefusal.OrderNotFound => kind is BookOperationKind.Cancel or BookOperationKind.Replace,
            _ => false,
        };

    private void Require(bool condition, in BookOperation operation, BookRefusal refusal)
    {
        if (!condition)
        {
            throw new InvalidOperationException(
                $"Book {id} refused {operation.Kind} of order {operation.Order.Id}: {refusal}.");
        }
    }

    private void UseMechanism(BookMechanism mechanism)
    {
        if (mechanism == Book.Mechanism)
        {
            return;
        }

        if (Book.Count != 0)
        {
            throw new InvalidOperationException($"Book {id} changes its mechanism with {Book.Count} orders at rest.");
        }

        Book = new OrderBook(mechanism);
    }

    /// <summary>What was filled since the ledger looked counts against the new quantity.</summary>
    private BookRefusal Replace(in BookOperation operation, BookEventBuffer events)
    {
        OrderId order = operation.Order.Id;
        if (!Book.TryGet(order, out BookOrder resting))
        {
            return BookRefusal.OrderNotFound;
        }

        WattHours filled = operation.Expected - resting.Quantity;
        return filled >= operation.Order.Quantity
            ? Book.Cancel(order, events)
            : Book.Replace(order, operation.Order.Price, operation.Order.Quantity - filled, events);
    }

    /// <summary>A number for an account, of this book alone: it is compared for equality and nothing else.</summary>
    private int HandleOf(AccountId account)
    {
        if (!_handles.TryGetValue(account, out int handle))
        {
            handle = _handles.Count + 1;
            _handles.Add(account, handle);
        }

        return handle;
    }
}
