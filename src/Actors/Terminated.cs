namespace EnergyNode.Actors;

/// <summary>A watched actor has stopped. Comes once for each <see cref="ActorContext.Watch"/>, never after
/// <see cref="ActorContext.Unwatch"/>; leaving it unhandled is a <see cref="DeathPactException"/>.</summary>
public sealed record Terminated : IAutoReceived
{
    internal Terminated(IActorRef actorRef) => ActorRef = actorRef;

    public IActorRef ActorRef { get; }
}
