using System.Collections.Generic;
using EnergyNode.Ledger;
using EnergyNode.Market.Execution;

namespace EnergyNode.Actors.Node;

/// <summary>
/// The parent of all book actors; passes each slice on to its book. A book that governance adds gets its actor with its
/// first slice.
/// </summary>
public sealed class BooksActor : ReceiveActor
{
    private readonly IReadOnlyList<GenesisBook> _atStart;
    private readonly Dictionary<BookId, IActorRef> _books = [];

    public BooksActor(IReadOnlyList<GenesisBook> books)
    {
        _atStart = books;
        Receive<BookSlice>(slice => Context.Forward(Of(slice.Book)));
    }

    /// <inheritdoc/>
    protected override void PreStart()
    {
        foreach (GenesisBook book in _atStart)
        {
            Of(book.Book);
        }
    }

    private IActorRef Of(BookId book)
    {
        if (!_books.TryGetValue(book, out IActorRef? actor))
        {
            actor = Context.ActorOf(Props.Create(() => new BookActor(book)), book.ToString());
            _books.Add(book, actor);
        }

        return actor;
    }
}
