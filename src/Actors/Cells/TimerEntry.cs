using System;
using System.Threading;
using EnergyNode.Ledger;

namespace EnergyNode.Actors;

/// <summary>One started timer, and at the same time the message by which it reaches its actor's mailbox.</summary>
internal sealed class TimerEntry(ActorCell cell, object key, object message, Duration? interval) : IAutoReceived
{
    private volatile ICancelable? _handle;
    private volatile bool _cancelled;
    private int _waiting;
    private Instant _due;
    private Action? _fire;

    public object Key => key;

    public object Message => message;

    public bool IsSingle => interval is null;

    public void Start(Duration delay)
    {
        IScheduler scheduler = cell.System.Scheduler;
        _due = scheduler.Now.Plus(delay);
        Schedule(delay);
    }

    public void Cancel()
    {
        _cancelled = true;
        _handle?.Cancel();
    }

    /// <summary>The tick has left the mailbox, the next may come.</summary>
    public void Taken() => Volatile.Write(ref _waiting, 0);

    private void Schedule(Duration delay)
    {
        _handle = cell.System.Scheduler.Schedule(delay, _fire ??= Fire);
        if (_cancelled)
        {
            _handle.Cancel();
        }
    }

    private void Fire()
    {
        if (_cancelled)
        {
            return;
        }

        if (Interlocked.Exchange(ref _waiting, 1) == 0)
        {
            cell.PostTick(this);
        }

        if (interval is Duration step)
        {
            // Ticks keep to the grid of the first one; those missed (a stopped process, a clock set forward) are
            // skipped.
            long late = Math.Max(0, cell.System.Scheduler.Now.Since(_due).Micros);
            long next = ((late / step.Micros) + 1) * step.Micros;
            _due = _due.Plus(new Duration(next));
            Schedule(new Duration(Math.Max(0, next - late)));
        }
    }
}
