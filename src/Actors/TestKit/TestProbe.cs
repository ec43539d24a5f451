using System.Collections.Concurrent;
using System.Collections.Generic;
using EnergyNode.Ledger;

namespace EnergyNode.Actors.TestKit;

/// <summary>An actor under the test's control: it records what it gets, in order, for the test to take.</summary>
public sealed class TestProbe
{
    private readonly ActorTestKit _kit;
    private readonly ConcurrentQueue<Envelope> _received = new();

    internal TestProbe(ActorTestKit kit, string? name)
    {
        _kit = kit;
        Props props = Props.Create(() => new ProbeActor(_received)).WithMailbox(int.MaxValue, OverflowPolicy.Fail);
        Ref = kit.System.ActorOf(props, name);
        LastSender = kit.System.DeadLetters;
    }

    public IActorRef Ref { get; }

    /// <summary>Who sent the message taken last; dead letters if nobody was named.</summary>
    public IActorRef LastSender { get; private set; }

    /// <summary>Messages that came in and were not taken yet.</summary>
    public int Waiting => _received.Count;

    /// <summary>Takes the next message, which must be of this type.</summary>
    /// <exception cref="ProbeException">It is of another type, or none came in time.</exception>
    public T ExpectMsg<T>(Duration? within = null)
    {
        object message = Next(within, typeof(T).Name);
        return message is T expected
            ? expected
            : throw new ProbeException($"{Ref.Path} expected {typeof(T).Name} and got {message}");
    }

    /// <summary>Takes the next message, which must equal this one.</summary>
    /// <exception cref="ProbeException">It is another one, or none came in time.</exception>
    public T ExpectMsg<T>(T expected, Duration? within = null)
        where T : notnull
    {
        object message = Next(within, $"{expected}");
        return expected.Equals(message)
            ? expected
            : throw new ProbeException($"{Ref.Path} expected {expected} and got {message}");
    }

    /// <summary>Lets the whole time pass.</summary>
    /// <param name="within">Null for zero: whatever can run without time passing is run (in simulation only).</param>
    /// <exception cref="ProbeException">A message came.</exception>
    public void ExpectNoMsg(Duration? within = null)
    {
        if (_kit.Await(() => !_received.IsEmpty, within ?? default) && _received.TryDequeue(out Envelope envelope))
        {
            throw new ProbeException($"{Ref.Path} expected nothing and got {envelope.Message}");
        }
    }

    /// <summary>Takes so many messages.</summary>
    /// <exception cref="ProbeException">Fewer came in time.</exception>
    public IReadOnlyList<object> ReceiveN(int count, Duration? within = null)
    {
        if (!_kit.Await(() => _received.Count >= count, within))
        {
            throw new ProbeException($"{Ref.Path} expected {count} messages and got {_received.Count}");
        }

        List<object> messages = [];
        for (int i = 0; i < count; i++)
        {
            messages.Add(Next(null, "a message"));
        }

        return messages;
    }

    /// <summary>Takes the <see cref="Terminated"/> of an actor that is watched.</summary>
    /// <exception cref="ProbeException">The next message is something else, or none came in time.</exception>
    public Terminated ExpectTerminated(IActorRef actor, Duration? within = null)
    {
        Terminated terminated = ExpectMsg<Terminated>(within);
        return ReferenceEquals(terminated.ActorRef, actor)
            ? terminated
            : throw new ProbeException(
                $"{Ref.Path} expected the end of {actor.Path}, got {terminated.ActorRef.Path}'s");
    }

    /// <summary>Sends with the probe as the sender.</summary>
    public void Send(IActorRef target, object message) => target.Tell(message, Ref);

    /// <summary>Answers the message taken last.</summary>
    public void Reply(object message) => LastSender.Tell(message, Ref);

    /// <summary>Watches from the probe's next message on.</summary>
    public IActorRef Watch(IActorRef actor)
    {
        Ref.Tell(new ProbeActor.WatchIt(actor));
        return actor;
    }

    public IActorRef Unwatch(IActorRef actor)
    {
        Ref.Tell(new ProbeActor.UnwatchIt(actor));
        return actor;
    }

    private object Next(Duration? within, string expected)
    {
        if (!_kit.Await(() => !_received.IsEmpty, within) || !_received.TryDequeue(out Envelope envelope))
        {
            throw new ProbeException($"{Ref.Path} expected {expected} and got nothing");
        }

        LastSender = envelope.Sender ?? _kit.System.DeadLetters;
        return envelope.Message;
    }

    private sealed class ProbeActor(ConcurrentQueue<Envelope> received) : Actor
    {
        public sealed record WatchIt(IActorRef Actor);

        public sealed record UnwatchIt(IActorRef Actor);

        protected override bool OnMessage(object message)
        {
            switch (message)
            {
                case WatchIt watch:
                    Context.Watch(watch.Actor);
                    break;
                case UnwatchIt unwatch:
                    Context.Unwatch(unwatch.Actor);
                    break;
                default:
                    received.Enqueue(new Envelope(message, Sender));
                    break;
            }

            return true;
        }
    }
}
