using EnergyNode.Actors;
using EnergyNode.Actors.Node;

namespace EnergyNode.Node.Hosting;

/// <summary>Feeds what the ledger tells to those outside of the actor system.</summary>
internal sealed class HeadWatchActor : ReceiveActor
{
    public HeadWatchActor(HeadWatch watch)
    {
        Receive<LedgerMessage.Ready>(message => watch.Height = message.Head.Height.Value);
        Receive<LedgerMessage.Applied>(message => watch.Height = message.Head.Height.Value);
    }

    /// <inheritdoc/>
    protected override void PreStart()
    {
        Context.System.EventStream.Subscribe(Self, typeof(LedgerMessage.Ready));
        Context.System.EventStream.Subscribe(Self, typeof(LedgerMessage.Applied));
    }
}
