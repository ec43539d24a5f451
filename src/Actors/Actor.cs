using System;

namespace EnergyNode.Actors;

/// <summary>
/// The root of all actors. The runtime calls every member on one thread at a time, in the order of the mailbox.
/// <see cref="Context"/> exists from <see cref="PreStart"/> on, not in the constructor.
/// </summary>
public abstract class Actor
{
    private ActorCell? _cell;

    protected ActorContext Context => Cell.Context;

    protected IActorRef Self => Cell;

    /// <summary>Who sent the message being handled; dead letters if nobody was named.</summary>
    protected IActorRef Sender => Cell.Sender;

    protected Timers Timers => Cell.Timers;

    protected MessageStash Stash => Cell.Stash;

    private ActorCell Cell => _cell
        ?? throw new InvalidOperationException("an actor has no context in its constructor or after it has stopped");

    internal virtual void Attach(ActorCell cell) => _cell = cell;

    internal void Detach() => _cell = null;

    internal bool Handle(object message) => OnMessage(message);

    internal void HandleUnhandled(object message) => Unhandled(message);

    internal void CallPreStart() => PreStart();

    internal void CallPostStop() => PostStop();

    internal void CallPreRestart(Exception reason, object? message) => PreRestart(reason, message);

    internal void CallPostRestart(Exception reason) => PostRestart(reason);

    /// <returns>Whether the message was handled; if not, <see cref="Unhandled"/> is called.</returns>
    protected abstract bool OnMessage(object message);

    /// <summary>Publishes an <see cref="UnhandledMessage"/>, or fails if a <see cref="Terminated"/> was
    /// ignored.</summary>
    /// <exception cref="DeathPactException">The message is a <see cref="Terminated"/>.</exception>
    protected virtual void Unhandled(object message)
    {
        if (message is Terminated terminated)
        {
            throw new DeathPactException(Self.Path, terminated.ActorRef.Path);
        }

        Context.System.EventStream.Publish(new UnhandledMessage(message, Sender, Self));
    }

    /// <summary>Called before the first message, and by <see cref="PostRestart"/>.</summary>
    protected virtual void PreStart()
    {
    }

    /// <summary>Called once the actor and its children have stopped, and by <see cref="PreRestart"/>.</summary>
    protected virtual void PostStop()
    {
    }

    /// <summary>Called on the failed instance: stops its children and calls <see cref="PostStop"/>.</summary>
    /// <param name="reason">Why it failed.</param>
    /// <param name="message">The message at which it failed, if it was one; it will not be delivered again.</param>
    protected virtual void PreRestart(Exception reason, object? message)
    {
        foreach (IActorRef child in Context.Children)
        {
            Context.Unwatch(child);
            Context.Stop(child);
        }

        PostStop();
    }

    /// <summary>Called on the new instance: calls <see cref="PreStart"/>.</summary>
    protected virtual void PostRestart(Exception reason) => PreStart();
}
