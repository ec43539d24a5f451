using System;
using System.Collections.Generic;
using EnergyNode.Ledger;

namespace EnergyNode.Actors;

/// <summary>
/// An actor's timers: messages to itself, each under a key. A message whose timer was cancelled, replaced or belongs to
/// an instance that has been restarted is dropped even if it already waits in the mailbox.
/// </summary>
public sealed class Timers
{
    private readonly ActorCell _cell;
    private readonly Dictionary<object, TimerEntry> _entries = [];

    internal Timers(ActorCell cell) => _cell = cell;

    /// <summary>Delivers the message once. Replaces a timer of the same key.</summary>
    public void StartSingleTimer(object key, object message, Duration delay) => Start(key, message, delay, null);

    /// <summary>Delivers the message every interval, first after one. A tick that is due while the last one still
    /// waits in the mailbox is left out.</summary>
    public void StartPeriodicTimer(object key, object message, Duration interval)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(interval.Micros, 1, nameof(interval));
        Start(key, message, interval, interval);
    }

    public void Cancel(object key)
    {
        if (_entries.Remove(key, out TimerEntry? entry))
        {
            entry.Cancel();
        }
    }

    public void CancelAll()
    {
        foreach (TimerEntry entry in _entries.Values)
        {
            entry.Cancel();
        }

        _entries.Clear();
    }

    public bool IsTimerActive(object key) => _entries.ContainsKey(key);

    /// <returns>Whether the tick is of a timer that is still wanted.</returns>
    internal bool Accept(TimerEntry tick)
    {
        if (!_entries.TryGetValue(tick.Key, out TimerEntry? current) || !ReferenceEquals(current, tick))
        {
            return false;
        }

        if (tick.IsSingle)
        {
            _entries.Remove(tick.Key);
        }

        return true;
    }

    private void Start(object key, object message, Duration delay, Duration? interval)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentOutOfRangeException.ThrowIfNegative(delay.Micros, nameof(delay));
        Cancel(key);
        if (_entries.Count == Limits.MaxTimersPerActor)
        {
            throw new InvalidOperationException($"{_cell.Path} has {Limits.MaxTimersPerActor} timers already");
        }

        TimerEntry entry = new(_cell, key, message, interval);
        _entries.Add(key, entry);
        entry.Start(delay);
    }
}
