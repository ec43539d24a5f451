using System;
using System.Collections.Generic;
using EnergyNode.Ledger;

namespace EnergyNode.Actors;

/// <summary>What an actor may do to its surroundings. Valid only while its actor is being called.</summary>
public sealed class ActorContext
{
    private readonly ActorCell _cell;

    internal ActorContext(ActorCell cell) => _cell = cell;

    public ActorSystem System => _cell.System;

    public IActorRef Self => _cell;

    /// <summary>Who sent the message being handled; dead letters if nobody was named.</summary>
    public IActorRef Sender => _cell.Sender;

    /// <summary>The supervisor; dead letters for the guardian itself.</summary>
    public IActorRef Parent => _cell.Parent ?? _cell.System.DeadLetters;

    /// <summary>The live children in the order of their creation, as of now.</summary>
    public IReadOnlyList<IActorRef> Children => _cell.ChildCells;

    /// <summary>The scheduler's time.</summary>
    public Instant Now => _cell.System.Scheduler.Now;

    /// <returns>The live child of that name, or null.</returns>
    public IActorRef? Child(string name) => _cell.FindChild(name);

    /// <summary>Starts a child.</summary>
    /// <param name="props">How to make it.</param>
    /// <param name="name">Unique among the live children; null for an automatic one such as <c>$a</c>.</param>
    /// <exception cref="InvalidActorNameException">The name is malformed or in use.</exception>
    /// <exception cref="InvalidOperationException">This actor is stopping.</exception>
    public IActorRef ActorOf(Props props, string? name = null) => _cell.ActorOf(props, name);

    /// <summary>Asks for one <see cref="Terminated"/> when the actor stops, at once if it already has.</summary>
    /// <exception cref="ArgumentException">The reference is not an actor of this process.</exception>
    public IActorRef Watch(IActorRef actor)
    {
        _cell.Watch(actor);
        return actor;
    }

    /// <summary>No <see cref="Terminated"/> of this actor will be delivered, not even one already waiting.</summary>
    public IActorRef Unwatch(IActorRef actor)
    {
        _cell.Unwatch(actor);
        return actor;
    }

    /// <summary>Stops an actor after the message it is handling; what waits in its mailbox goes to dead
    /// letters.</summary>
    public void Stop(IActorRef actor) => _cell.Stop(actor);

    /// <summary>Passes the message being handled on, with its original sender.</summary>
    public void Forward(IActorRef target) => target.Tell(_cell.CurrentMessage, _cell.Sender);

    /// <summary>Sends <see cref="ReceiveTimeout"/> to this actor whenever no message came for so long.</summary>
    /// <param name="timeout">Null ends it.</param>
    public void SetReceiveTimeout(Duration? timeout) => _cell.SetReceiveTimeout(timeout);
}
