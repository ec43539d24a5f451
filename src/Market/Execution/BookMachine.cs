using System;
using EnergyNode.Ledger;
using EnergyNode.Market.Books;

namespace EnergyNode.Market.Execution;

/// <summary>One book as the market runs it: a slice in, events out.</summary>
public sealed class BookMachine(BookId id)
{
    public BookId Id => id;

    public OrderBook Book { get; } = new(BookMechanism.CallAuction);

    /// <exception cref="InvalidOperationException">
    /// The book refused what the ledger had admitted: the two disagree, which is a bug.
    /// </exception>
    public BookSliceResult Apply(BookSlice slice)
    {
        BookEventBuffer events = new();
        AuctionResult? auction = null;
        foreach (BookOperation operation in slice.Operations)
        {
            BookRefusal refusal;
            switch (operation.Kind)
            {
                case BookOperationKind.Submit:
                    refusal = Book.Submit(operation.Order, events);
                    break;
                case BookOperationKind.Cancel:
                    refusal = Book.Cancel(operation.Order.Id, events);
                    break;
                default:
                    refusal = Book.Clear(events, out AuctionResult result);
                    auction = result;
                    break;
            }

            if (refusal != BookRefusal.None)
            {
                throw new InvalidOperationException(
                    $"Book {id} refused {operation.Kind} of order {operation.Order.Id}: {refusal}.");
            }
        }

        return new BookSliceResult(id, events, auction);
    }
}
