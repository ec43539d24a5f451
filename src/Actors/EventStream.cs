using System;
using System.Collections.Generic;
using System.Threading;

namespace EnergyNode.Actors;

/// <summary>Publish and subscribe by type within one system. Messages of one publisher reach a subscriber in
/// order.</summary>
public sealed class EventStream
{
    private readonly Lock _gate = new();
    private Routes _routes = new([]);

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
            if (Array.IndexOf(_routes.Subscriptions, added) >= 0)
            {
                return false;
            }

            Volatile.Write(ref _routes, new Routes([.. _routes.Subscriptions, added]));
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
        foreach (IActorRef subscriber in Volatile.Read(ref _routes).Of(message.GetType()))
        {
            subscriber.Tell(message);
        }
    }

    private bool RemoveWhere(Predicate<Subscription> match)
    {
        lock (_gate)
        {
            Subscription[] kept = Array.FindAll(_routes.Subscriptions, subscription => !match(subscription));
            bool removed = kept.Length < _routes.Subscriptions.Length;
            Volatile.Write(ref _routes, new Routes(kept));
            return removed;
        }
    }

    private readonly record struct Subscription(IActorRef Subscriber, Type Channel);

    /// <summary>Who is told of a type, found once per type: publishing allocates nothing.</summary>
    private sealed class Routes(Subscription[] subscriptions)
    {
        private readonly Lock _gate = new();

        /// <summary>Few types, so that looking through them is fast; replaced as a whole.</summary>
        private (Type Type, IActorRef[] Told)[] _known = [];

        public Subscription[] Subscriptions => subscriptions;

        public IActorRef[] Of(Type type)
        {
            foreach ((Type known, IActorRef[] told) in Volatile.Read(ref _known))
            {
                if (known == type)
                {
                    return told;
                }
            }

            IActorRef[] found = Find(type);
            lock (_gate)
            {
                Volatile.Write(ref _known, [.. _known, (type, found)]);
            }

            return found;
        }

        private IActorRef[] Find(Type type)
        {
            List<IActorRef> found = [];
            foreach (Subscription subscription in subscriptions)
            {
                if (subscription.Channel.IsAssignableFrom(type) && !found.Contains(subscription.Subscriber))
                {
                    found.Add(subscription.Subscriber);
                }
            }

            return [.. found];
        }
    }
}
