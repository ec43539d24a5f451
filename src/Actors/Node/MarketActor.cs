using System.Collections.Generic;
using EnergyNode.Ledger;
using EnergyNode.Market.Execution;

namespace EnergyNode.Actors.Node;

/// <summary>The market's place in the tree: <c>/user/market</c>, with the books below it.</summary>
public sealed class MarketActor : ReceiveActor
{
    private readonly IReadOnlyList<GenesisBook> _names;
    private IActorRef? _books;

    public MarketActor(IReadOnlyList<GenesisBook> books)
    {
        _names = books;
        Receive<BookSlice>(_ => Context.Forward(_books!));
    }

    /// <inheritdoc/>
    protected override void PreStart() => _books = Context.ActorOf(
        Props.Create(() => new BooksActor(_names)).WithSupervisorStrategy(SupervisorStrategy.Escalating), "books");
}
