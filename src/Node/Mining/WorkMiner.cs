using System;
using System.Threading;
using EnergyNode.Actors;
using EnergyNode.Actors.Ports;
using EnergyNode.Consensus.Pow;
using EnergyNode.Ledger;

namespace EnergyNode.Node.Mining;

/// <summary>
/// Mines on threads of its own, with the least claim to the processor that the system grants, and sleeps while there is
/// nothing to mine. A new block replaces the old one within the time of some thousand hashes.
/// </summary>
internal sealed class WorkMiner : IMiner, IDisposable
{
    /// <summary>Hashes between two looks at whether the job is still wanted: 4,096 × 0.5 µs = 2 ms.</summary>
    private const int HashesPerLook = 4_096;

    private readonly object _gate = new();
    private readonly Thread[] _threads;
    private Job? _job;
    private bool _stopped;

    /// <param name="threads">1 … <see cref="MiningLimits.MaxThreads"/>.</param>
    public WorkMiner(int threads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(threads, MiningLimits.MaxThreads);
        _threads = new Thread[threads];
        for (int i = 0; i < threads; i++)
        {
            int index = i;
            _threads[i] = new Thread(() => Work(index)) { IsBackground = true, Name = "miner" };
            _threads[i].Start();
        }
    }

    /// <inheritdoc/>
    public void Mine(Hash32 block, Difficulty difficulty, IActorRef replyTo) =>
        Replace(new Job(block, ProofOfWork.Target(difficulty), replyTo));

    /// <inheritdoc/>
    public void Cancel() => Replace(null);

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _stopped = true;
            _job = null;
            Monitor.PulseAll(_gate);
        }

        foreach (Thread thread in _threads)
        {
            thread.Join();
        }
    }

    private void Replace(Job? job)
    {
        lock (_gate)
        {
            Volatile.Write(ref _job, _stopped ? null : job);
            Monitor.PulseAll(_gate);
        }
    }

    private void Work(int index)
    {
        BackgroundPriority.Take();
        ulong share = ulong.MaxValue / (ulong)_threads.Length;
        while (Next() is { } job)
        {
            ulong first = share * (ulong)index;
            ulong? found = null;
            while (found is null && ReferenceEquals(Volatile.Read(ref _job), job))
            {
                found = ProofOfWork.Find(job.Block, job.Target, first, HashesPerLook);
                first = unchecked(first + HashesPerLook);
            }

            if (found is { } nonce && Finish(job))
            {
                job.ReplyTo.Tell(new NonceFound(job.Block, nonce));
            }
        }
    }

    /// <summary>Waits for something to mine; null when the miner ends.</summary>
    private Job? Next()
    {
        lock (_gate)
        {
            while (_job is null && !_stopped)
            {
                Monitor.Wait(_gate);
            }

            return _job;
        }
    }

    /// <returns>False when another thread was first, or the job was replaced.</returns>
    private bool Finish(Job job)
    {
        lock (_gate)
        {
            bool isFirst = ReferenceEquals(_job, job);
            _job = isFirst ? null : _job;
            return isFirst;
        }
    }

    private sealed record Job(Hash32 Block, UInt128 Target, IActorRef ReplyTo);
}
