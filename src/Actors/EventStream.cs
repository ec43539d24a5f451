using System;
using System.Collections.Generic;
using System.Threading;

namespace EnergyNode.Actors;

/// <summary>Publish and subscribe by type within one system. Messages of one publisher reach a subscriber in
/// order.</summary>
public sealed class EventStream
{
    private readonly Lock _gate = new();
    private Subscription[] _subscriptions = [];

    internal EventStream()
    {
    }

    /// <summary>Delivers what is published of this type, or a derived one, from now on. Ends when the actor
    /// stops.</summary>
    /// <returns>False if it was subscribed already.</returns>
    public bool Subscribe(IActorRef subscriber, Type channel)
    {
        ArgumentNullException.ThrowIfNull(subscriber);
        ArgumentNullException.ThrowIfNull(channel);
        Subscription added = new(subscriber, channel);
        lock (_gate)
        {
            if (Array.IndexOf(_subscriptions, added) >= 0)
            {
                return false;
            }

            _subscriptions = [.. _subscriptions, added];
            return true;
        }
    }

    /// <returns>False if it was not subscribed.</returns>
    public bool Unsubscribe(IActorRef subscriber, Type channel)
    {
        Subscription removed = new(subscriber, channel);
        return RemoveWhere(subscription => subscription == removed);
    }

    /// <summary>Ends all subscriptions of one actor.</summary>
    public bool Unsubscribe(IActorRef subscriber) =>
        RemoveWhere(subscription => ReferenceEquals(subscription.Subscriber, subscriber));

    /// <summary>Tells every subscriber once, in the order of the subscriptions, on the calling thread.</summary>
    public void Publish(object message)
    {
        ArgumentNullException.ThrowIfNull(message);
        Subscription[] subscriptions = Volatile.Read(ref _subscriptions);
        Type type = message.GetType();
        HashSet<IActorRef>? told = null;
        foreach (Subscription subscription in subscriptions)
        {
            if (subscription.Channel.IsAssignableFrom(type) && (told ??= []).Add(subscription.Subscriber))
            {
                subscription.Subscriber.Tell(message);
            }
        }
    }

    private bool RemoveWhere(Predicate<Subscription> match)
    {
        lock (_gate)
        {
            Subscription[] kept = Array.FindAll(_subscriptions, subscription => !match(subscription));
            bool removed = kept.Length < _subscriptions.Length;
            _subscriptions = kept;
            return removed;
        }
    }

    private readonly record struct Subscription(IActorRef Subscriber, Type Channel);
}
