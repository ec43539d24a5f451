namespace EnergyNode.Actors;

/// <summary>A reference of this process that the runtime's own messages can reach.</summary>
internal abstract class InternalRef(ActorPath path) : IActorRef
{
    public ActorPath Path { get; } = path;

    public abstract void Tell(object message, IActorRef? sender = null);

    internal abstract void SendSystem(SystemMessage message);

    public override string ToString() => Path.Value;
}
