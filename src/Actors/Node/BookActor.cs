using EnergyNode.Ledger;
using EnergyNode.Market.Execution;

namespace EnergyNode.Actors.Node;

/// <summary>One order book: <c>/user/market/books/NAME</c>. Takes a slice, answers with its events.</summary>
public sealed class BookActor : ReceiveActor
{
    private readonly BookMachine _machine;

    public BookActor(BookId book)
    {
        _machine = new BookMachine(book);
        Receive<BookSlice>(slice => Sender.Tell(_machine.Apply(slice), Self));
    }
}
