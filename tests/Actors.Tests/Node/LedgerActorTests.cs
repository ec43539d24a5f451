using EnergyNode.Actors.Clients;
using EnergyNode.Actors.Node;
using EnergyNode.Actors.TestKit;
using EnergyNode.Ledger;
using Xunit;
using static EnergyNode.Actors.Tests.Node.Village;

namespace EnergyNode.Actors.Tests.Node;

public sealed class LedgerActorTests
{
    [Fact]
    public void Who_asks_while_the_journal_is_replayed_is_answered_at_its_end()
    {
        ActorTestKit kit = new();
        TestProbe client = kit.CreateProbe("client");
        TestProbe books = kit.CreateProbe("books");
        IActorRef ledger = kit.System.ActorOf(Props.Create(() => new LedgerActor(
            Genesis(), new MemoryJournal(), Verifier, books.Ref, System.Array.Empty<IActorRef>())));
        client.Send(ledger, new ClientQuestion(Key("v2"), new ClientQuery.Head(7)));
        kit.Runner.RunUntilIdle();
        ToClient answer = client.ExpectMsg<ToClient>();
        ClientAnswer.Head head = Assert.IsType<ClientAnswer.Head>(ClientAnswer.Decode(answer.Payload.Span));
        Assert.Equal((7, Height.Genesis), (head.Id, head.Height));
    }
}
