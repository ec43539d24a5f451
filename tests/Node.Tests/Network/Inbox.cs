using System;
using System.Collections.Concurrent;
using System.Linq;
using System.Threading.Channels;
using System.Threading.Tasks;
using EnergyNode.Actors;

namespace EnergyNode.Node.Tests.Network;

/// <summary>An actor that remembers what it was told and lets a test wait for it.</summary>
internal sealed class Inbox : IActorRef
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Channel<object> _messages = Channel.CreateUnbounded<object>();
    private readonly ConcurrentQueue<object> _all = new();

    public ActorPath Path => new("/user/test");

    public object[] All => [.. _all];

    public int Count<T>() => _all.OfType<T>().Count();

    public void Tell(object message, IActorRef? sender = null)
    {
        _all.Enqueue(message);
        _messages.Writer.TryWrite(message);
    }

    /// <summary>The next message of this type that fits; others before it are passed over.</summary>
    public async Task<T> ExpectAsync<T>(Func<T, bool>? fits = null)
    {
        while (true)
        {
            object message = await _messages.Reader.ReadAsync().AsTask().WaitAsync(Patience);
            if (message is T wanted && (fits is null || fits(wanted)))
            {
                return wanted;
            }
        }
    }
}
