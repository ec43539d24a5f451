using System;

namespace EnergyNode.Actors;

/// <summary>How to make an actor and how it is kept: immutable, reusable, called again for each restart.</summary>
public sealed record Props
{
    private Props(Func<Actor> factory) => Factory = factory;

    internal Func<Actor> Factory { get; }

    /// <summary>Messages that may wait, at least 1.</summary>
    public int MailboxCapacity { get; private init; } = Limits.DefaultMailboxCapacity;

    public OverflowPolicy Overflow { get; private init; } = OverflowPolicy.DropNewest;

    /// <summary>Messages that may be set aside, at least 1.</summary>
    public int StashCapacity { get; private init; } = Limits.DefaultStashCapacity;

    /// <summary>How this actor decides about failures of its children.</summary>
    public SupervisorStrategy Strategy { get; private init; } = SupervisorStrategy.Default;

    /// <param name="factory">Makes a new instance at each call: one for the start, one for every restart.</param>
    public static Props Create(Func<Actor> factory)
    {
        ArgumentNullException.ThrowIfNull(factory);
        return new Props(factory);
    }

    public Props WithMailbox(int capacity, OverflowPolicy overflow)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        return this with { MailboxCapacity = capacity, Overflow = overflow };
    }

    public Props WithStash(int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        return this with { StashCapacity = capacity };
    }

    public Props WithSupervisorStrategy(SupervisorStrategy strategy)
    {
        ArgumentNullException.ThrowIfNull(strategy);
        return this with { Strategy = strategy };
    }
}
