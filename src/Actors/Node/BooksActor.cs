using System.Collections.Generic;
using EnergyNode.Ledger;
using EnergyNode.Market.Execution;

namespace EnergyNode.Actors.Node;

/// <summary>The parent of all book actors; passes each slice on to its book.</summary>
public sealed class BooksActor : ReceiveActor
{
    private readonly IReadOnlyList<BookId> _names;
    private readonly Dictionary<BookId, IActorRef> _books = [];

    public BooksActor(IReadOnlyList<BookId> books)
    {
        _names = books;
        Receive<BookSlice>(slice => Context.Forward(_books[slice.Book]));
    }

    /// <inheritdoc/>
    protected override void PreStart()
    {
        foreach (BookId book in _names)
        {
            _books.Add(book, Context.ActorOf(Props.Create(() => new BookActor(book)), book.ToString()));
        }
    }
}
