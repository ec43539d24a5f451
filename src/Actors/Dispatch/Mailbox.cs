using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Threading;

namespace EnergyNode.Actors;

/// <summary>
/// One actor's queue. Any thread may add; a single run at a time takes out. Runtime messages come before user messages,
/// user messages in the order in which they were added.
/// </summary>
public sealed class Mailbox
{
    private const int Idle = 0;
    private const int Scheduled = 1;

    private readonly ActorCell _cell;
    private readonly IDispatcher _dispatcher;
    private readonly int _capacity;
    private readonly OverflowPolicy _overflow;
    private readonly ConcurrentQueue<SystemMessage> _system = new();
    private readonly ConcurrentQueue<Envelope> _user = new();
    private readonly Stack<Envelope> _front = new();
    private int _status;
    private int _userCount;
    private int _systemCount;
    private volatile bool _closed;

    internal Mailbox(ActorCell cell, IDispatcher dispatcher, Props props)
    {
        _cell = cell;
        _dispatcher = dispatcher;
        _capacity = props.MailboxCapacity;
        _overflow = props.Overflow;
        PathHash = Fnv1a(cell.System.Name, Fnv1a(cell.Path.Value, 14695981039346656037));
    }

    public ActorPath Path => _cell.Path;

    /// <summary>True when the system was killed: nothing runs here any more.</summary>
    public bool IsDead => _cell.System.IsKilled;

    /// <summary>User messages waiting.</summary>
    public int Depth => Volatile.Read(ref _userCount);

    internal ulong PathHash { get; }

    /// <summary>Handles all runtime messages and up to so many user messages; for dispatchers.</summary>
    /// <returns>How many messages were handled.</returns>
    public int Run(int maxMessages)
    {
        if (IsDead)
        {
            return 0;
        }

        int handled = RunSystemMessages();
        for (int n = 0; n < maxMessages && MayRun && TryTake(out Envelope envelope); n++)
        {
            _cell.Invoke(envelope);
            handled += 1 + RunSystemMessages();
        }

        if (_closed)
        {
            Drain();
        }

        bool blocked = !_closed && _cell.IsSuspended;
        // A full fence: a message added before this exchange is seen below, one added after it schedules by itself.
        Interlocked.Exchange(ref _status, Idle);
        if (Volatile.Read(ref _systemCount) > 0 || (!blocked && Depth > 0))
        {
            TrySchedule();
        }

        return handled;
    }

    internal void Post(in Envelope envelope)
    {
        if (IsDead)
        {
            return;
        }

        if (_closed)
        {
            _cell.ToDeadLetters(envelope);
            return;
        }

        if (Interlocked.Increment(ref _userCount) > _capacity)
        {
            Interlocked.Decrement(ref _userCount);
            Overflow(envelope);
            return;
        }

        _user.Enqueue(envelope);
        TrySchedule();
    }

    /// <summary>Adds a message of the runtime to the user's queue whatever the capacity; there are boundedly
    /// many.</summary>
    internal void PostUnbounded(in Envelope envelope)
    {
        Interlocked.Increment(ref _userCount);
        _user.Enqueue(envelope);
        TrySchedule();
    }

    internal void PostSystem(SystemMessage message)
    {
        _system.Enqueue(message);
        Interlocked.Increment(ref _systemCount);
        TrySchedule();
    }

    /// <summary>Puts a message before all others. Only from within a run.</summary>
    internal void PutBack(in Envelope envelope)
    {
        Interlocked.Increment(ref _userCount);
        _front.Push(envelope);
    }

    /// <summary>From now on messages go to dead letters, those that wait first. Only from within a run.</summary>
    internal void Close()
    {
        _closed = true;
        Drain();
    }

    private bool MayRun => !_closed && !_cell.IsSuspended && !IsDead;

    private int RunSystemMessages()
    {
        int handled = 0;
        while (Volatile.Read(ref _systemCount) > 0 && !IsDead && _system.TryDequeue(out SystemMessage? message))
        {
            Interlocked.Decrement(ref _systemCount);
            _cell.InvokeSystem(message);
            handled++;
        }

        return handled;
    }

    private bool TryTake(out Envelope envelope)
    {
        if (!_front.TryPop(out envelope) && !_user.TryDequeue(out envelope))
        {
            return false;
        }

        Interlocked.Decrement(ref _userCount);
        return true;
    }

    private void TrySchedule()
    {
        if (Interlocked.CompareExchange(ref _status, Scheduled, Idle) == Idle && !IsDead)
        {
            _dispatcher.Schedule(this);
        }
    }

    private void Drain()
    {
        while (TryTake(out Envelope envelope))
        {
            _cell.ToDeadLetters(envelope);
        }
    }

    private void Overflow(in Envelope envelope)
    {
        _cell.ToDeadLetters(envelope);
        if (_overflow == OverflowPolicy.Fail)
        {
            _cell.System.Fault(new MailboxOverflowException(_cell.Path, _capacity));
        }
    }

    private static ulong Fnv1a(string text, ulong hash)
    {
        unchecked
        {
            foreach (char c in text)
            {
                hash = (hash ^ c) * 1099511628211;
            }

            return hash;
        }
    }
}
