namespace EnergyNode.Actors;

/// <summary>A handle on an actor. Safe to use from any thread.</summary>
public interface IActorRef
{
    /// <summary>Where the actor stands in its system's tree.</summary>
    ActorPath Path { get; }

    /// <summary>Puts the message into the actor's mailbox and returns at once.</summary>
    void Tell(object message, IActorRef? sender = null);
}
