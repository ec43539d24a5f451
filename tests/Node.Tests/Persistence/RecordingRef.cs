using System;
using System.Collections.Concurrent;
using EnergyNode.Actors;
using Xunit;

namespace EnergyNode.Node.Tests.Persistence;

/// <summary>An actor reference that keeps what it is told.</summary>
internal sealed class RecordingRef : IActorRef
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly BlockingCollection<object> _messages = [];

    public ActorPath Path { get; } = new("/user/recorder");

    public void Tell(object message, IActorRef? sender = null) => _messages.Add(message);

    public object Expect()
    {
        Assert.True(_messages.TryTake(out object? message, Patience), "nothing was told in time");
        return message;
    }

    public T Expect<T>() => Assert.IsType<T>(Expect());
}
