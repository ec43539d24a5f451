using System.Threading;

namespace EnergyNode.Actors;

/// <summary>Where messages end that nobody will handle; publishes a <see cref="DeadLetter"/> for each.</summary>
internal sealed class DeadLetterRef(ActorSystem system) : InternalRef(new ActorPath("/deadLetters"))
{
    private long _count;

    public long Count => Interlocked.Read(ref _count);

    public override void Tell(object message, IActorRef? sender = null) => Publish(message, sender, this);

    public void Publish(object message, IActorRef? sender, IActorRef recipient)
    {
        // A report that does not arrive is not reported again: its subscriber would get reports about reports for ever.
        if (message is DeadLetter || system.IsKilled)
        {
            return;
        }

        Interlocked.Increment(ref _count);
        system.EventStream.Publish(new DeadLetter(message, sender ?? this, recipient));
    }

    internal override void SendSystem(SystemMessage message)
    {
    }
}
