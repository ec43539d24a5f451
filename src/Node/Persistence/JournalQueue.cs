using System.Collections.Generic;
using System.Threading;

namespace EnergyNode.Node.Persistence;

/// <summary>
/// The work that waits for the writer, bounded in number and bytes. When it is full, <see cref="TryAdd"/> makes its
/// caller wait: the disk sets the pace. Thread safe.
/// </summary>
internal sealed class JournalQueue(JournalOptions options)
{
    private readonly object _gate = new();
    private readonly Queue<JournalWork> _waiting = new();
    private long _waitingBytes;
    private bool _closed;

    /// <summary>Adds work, waiting for room. Work larger than the whole bound waits for an empty queue.</summary>
    /// <returns>False when the queue is closed.</returns>
    public bool TryAdd(JournalWork work)
    {
        lock (_gate)
        {
            while (!_closed && _waiting.Count > 0 && IsFullFor(work))
            {
                Monitor.Wait(_gate);
            }

            if (_closed)
            {
                return false;
            }

            _waiting.Enqueue(work);
            _waitingBytes += work.SizeBytes;
            Monitor.PulseAll(_gate);
            return true;
        }
    }

    /// <summary>Waits for work and takes as much as fits one transaction, at least one piece.</summary>
    /// <returns>False when the queue is closed and empty.</returns>
    public bool TryTakeGroup(List<JournalWork> group)
    {
        group.Clear();
        lock (_gate)
        {
            while (!_closed && _waiting.Count == 0)
            {
                Monitor.Wait(_gate);
            }

            long groupBytes = 0;
            while (_waiting.TryPeek(out JournalWork? work)
                && (group.Count == 0 || groupBytes + work.SizeBytes <= options.MaxGroupBytes))
            {
                group.Add(_waiting.Dequeue());
                groupBytes += work.SizeBytes;
            }

            _waitingBytes -= groupBytes;
            Monitor.PulseAll(_gate);
            return group.Count > 0;
        }
    }

    /// <summary>Lets nothing more in; what waits can still be taken.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
            Monitor.PulseAll(_gate);
        }
    }

    private bool IsFullFor(JournalWork work) =>
        _waiting.Count >= options.MaxWaitingAppends || _waitingBytes + work.SizeBytes > options.MaxWaitingBytes;
}
