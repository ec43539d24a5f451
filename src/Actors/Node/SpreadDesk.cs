using System;
using System.Collections.Generic;
using EnergyNode.Ledger;

namespace EnergyNode.Actors.Node;

/// <summary>
/// Batches that clients brought to this node: when to spread them and which to announce. A client brings its batch to
/// all validators, so they take turns: who sees a peer spread it does not. Peers may lie and bring it to this node
/// alone, so it is announced all the same while it waits. Pure; bounded by the pool.
/// </summary>
internal sealed class SpreadDesk(Mempool pool, NodeTimings timings)
{
    private readonly Dictionary<Hash32, Own> _own = [];

    /// <summary>In the order in which they are announced: who was named goes to the end.</summary>
    private readonly List<Own> _line = [];

    /// <summary>Those that were spread by a peer stay until their time, at most the longest delay.</summary>
    private readonly PriorityQueue<Own, (Instant Due, long Arrival)> _turns = new();
    private long _arrival;

    /// <summary>How many are kept: of each that waits in the pool one at most.</summary>
    public int Count => _own.Count;

    /// <summary>A batch that the pool has just taken.</summary>
    /// <param name="turn">This node's among the validators; who has the first, 0, does not wait.</param>
    /// <returns>Whether to spread it now.</returns>
    public bool Take(Hash32 batch, int turn, Instant now)
    {
        if (_own.ContainsKey(batch))
        {
            return false;
        }

        Own own = Add(batch);
        if (turn > 0)
        {
            long wait = Math.Min(turn * timings.SpreadStep.Micros, timings.MaxSpreadDelay.Micros);
            own.IsToSpread = true;
            _turns.Enqueue(own, (now.Plus(new Duration(wait)), _arrival));
        }

        return turn == 0;
    }

    /// <summary>A client brings a batch that the pool has: from a peer, or from another client.</summary>
    public void TakeKnown(Hash32 batch)
    {
        if (!_own.ContainsKey(batch))
        {
            Add(batch);
        }
    }

    /// <summary>A peer spreads this batch: this node need not.</summary>
    public void Brought(Hash32 batch)
    {
        if (_own.TryGetValue(batch, out Own? own))
        {
            own.IsToSpread = false;
        }
    }

    /// <summary>When there is something to spread next.</summary>
    public Instant? NextDue()
    {
        while (_turns.TryPeek(out Own? own, out (Instant Due, long Arrival) turn))
        {
            if (own.IsToSpread)
            {
                return turn.Due;
            }

            _turns.Dequeue();
        }

        return null;
    }

    /// <summary>Never longer than anybody waits for a turn, even when the clock was set back.</summary>
    public Duration WaitFor(Instant due, Instant now) =>
        new(Math.Clamp(due.Since(now).Micros, 0, timings.MaxSpreadDelay.Micros));

    /// <summary>What is due, as much as fills a frame; call again until there is nothing.</summary>
    public List<ReadOnlyMemory<byte>> TakeDue(Instant now)
    {
        List<ReadOnlyMemory<byte>> due = [];
        int bytes = 0;
        while (due.Count < Limits.MaxBatchesPerRequest && bytes < Limits.FrameFillBytes
            && NextDue() is { } next && next <= now)
        {
            Own own = _turns.Dequeue();
            own.IsToSpread = false;
            if (pool.Find(own.Batch) is { } batch)
            {
                due.Add(batch.Value.Bytes);
                bytes += batch.Value.Bytes.Length;
            }
        }

        return due;
    }

    /// <summary>
    /// Call once each announcing interval. Those that have waited for one or two of them; of more than fit, others
    /// the next time.
    /// </summary>
    public List<Hash32> Announce()
    {
        Forget();
        List<Own> named = [];
        _line.RemoveAll(own =>
        {
            bool isNamed = own.HasWaited && named.Count < Limits.MaxBatchesPerRequest;
            own.HasWaited = true;
            if (isNamed)
            {
                named.Add(own);
            }

            return isNamed;
        });
        _line.AddRange(named);
        return named.ConvertAll(own => own.Batch);
    }

    /// <summary>Lets go of what has left the pool.</summary>
    public void Forget() => _line.RemoveAll(own =>
    {
        bool isGone = !pool.Contains(own.Batch);
        if (isGone)
        {
            own.IsToSpread = false;
            _own.Remove(own.Batch);
        }

        return isGone;
    });

    private Own Add(Hash32 batch)
    {
        Own own = new(batch);
        _arrival++;
        _own.Add(batch, own);
        _line.Add(own);
        return own;
    }

    private sealed class Own(Hash32 batch)
    {
        public Hash32 Batch => batch;

        public bool IsToSpread { get; set; }

        /// <summary>It was there when others were announced last.</summary>
        public bool HasWaited { get; set; }
    }
}
