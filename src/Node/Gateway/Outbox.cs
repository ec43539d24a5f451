using System;
using System.Collections.Generic;
using EnergyNode.Ledger;

namespace EnergyNode.Node.Gateway;

/// <summary>
/// What one validator is still to be told or asked about the batches in flight, and when. Pure: time comes in as an
/// argument, in ticks of any clock.
/// </summary>
internal sealed class Outbox(GatewayOptions options)
{
    private readonly Dictionary<Hash32, Entry> _entries = [];
    private readonly SortedSet<(long Due, long Nonce, Hash32 Batch)> _schedule = [];

    public int Count => _entries.Count;

    public void Add(SignedBatch batch, long now) => Schedule(batch, now, ask: false);

    public void Remove(Hash32 batch)
    {
        if (_entries.Remove(batch, out Entry entry))
        {
            _schedule.Remove((entry.Due, entry.Batch.Nonce, batch));
        }
    }

    /// <summary>A new connection knows nothing: everything goes out again, in the order of nonces.</summary>
    public void OnConnected(long now)
    {
        List<Entry> entries = [.. _entries.Values];
        foreach (Entry entry in entries)
        {
            Reschedule(entry, now, ask: false);
        }
    }

    public void OnAdmitted(Hash32 batch, long now)
    {
        if (_entries.TryGetValue(batch, out Entry entry))
        {
            Reschedule(entry, now + options.AskAfter.Ticks, ask: true);
        }
    }

    /// <summary>The validator has no room, is not ready, or refuses what others may take: again later.</summary>
    public void OnRefused(Hash32 batch, long now)
    {
        if (_entries.TryGetValue(batch, out Entry entry))
        {
            Reschedule(entry, now + options.RetryAfter.Ticks, ask: false);
        }
    }

    /// <summary>The nonce is used, probably by this very batch: ask what became of it.</summary>
    public void OnNonceUsed(Hash32 batch, long now)
    {
        if (_entries.TryGetValue(batch, out Entry entry))
        {
            Reschedule(entry, now + GatewayLimits.AskUsedNonceAfter.Ticks, ask: true);
        }
    }

    /// <summary>The next thing that is due, if any; unanswered, it comes up again later.</summary>
    /// <param name="wait">When nothing is due: how long until something is; null when nothing is scheduled.</param>
    public (SignedBatch Batch, bool Ask)? TakeDue(long now, out TimeSpan? wait)
    {
        wait = null;
        if (_schedule.Count == 0)
        {
            return null;
        }

        (long due, long _, Hash32 hash) = _schedule.Min;
        if (due > now)
        {
            wait = TimeSpan.FromTicks(due - now);
            return null;
        }

        Entry entry = _entries[hash];
        Reschedule(entry, now + options.ResendAfter.Ticks, ask: false);
        return (entry.Batch, entry.Ask);
    }

    private void Reschedule(in Entry entry, long due, bool ask)
    {
        _schedule.Remove((entry.Due, entry.Batch.Nonce, entry.Batch.Hash));
        Schedule(entry.Batch, due, ask);
    }

    private void Schedule(SignedBatch batch, long due, bool ask)
    {
        _entries[batch.Hash] = new Entry(batch, due, ask);
        _schedule.Add((due, batch.Nonce, batch.Hash));
    }

    private readonly record struct Entry(SignedBatch Batch, long Due, bool Ask);
}
