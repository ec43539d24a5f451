using System;
using System.Collections.Concurrent;
using System.Threading;

namespace EnergyNode.Node.Work;

/// <summary>
/// Adds up processor time by what it is spent on. Work within other work counts for the inner one alone. Safe from any
/// thread; allocates once for each thread.
/// </summary>
/// <param name="clock">In ns, of the thread that calls it.</param>
internal sealed class WorkMeter(Func<long> clock)
{
    private static readonly int Kinds = Enum.GetValues<WorkKind>().Length;

    private readonly long[] _nanos = new long[Kinds];
    private readonly long[] _counts = new long[Kinds];
    private readonly ConcurrentDictionary<int, Inner> _inner = new();

    /// <summary>In ns.</summary>
    public long Nanoseconds(WorkKind kind) => Volatile.Read(ref _nanos[(int)kind]);

    /// <summary>Signatures, or messages of actors.</summary>
    public long Count(WorkKind kind) => Volatile.Read(ref _counts[(int)kind]);

    /// <returns>For <see cref="End"/> on the same thread.</returns>
    public Mark Begin() => new(clock(), OfThisThread().Nanos);

    /// <param name="kind">What was done since the mark was taken.</param>
    /// <param name="mark">Taken on this thread; marks end in the reverse order in which they began.</param>
    /// <param name="count">How many were done.</param>
    public void End(WorkKind kind, in Mark mark, int count)
    {
        Inner inner = OfThisThread();
        long spent = clock() - mark.Begun;
        long within = inner.Nanos - mark.Inner;
        Interlocked.Add(ref _nanos[(int)kind], spent - within);
        Interlocked.Add(ref _counts[(int)kind], count);
        inner.Nanos = mark.Inner + spent;
    }

    private Inner OfThisThread() => _inner.GetOrAdd(Environment.CurrentManagedThreadId, static _ => new Inner());

    /// <summary>Where a piece of work began.</summary>
    internal readonly record struct Mark(long Begun, long Inner);

    private sealed class Inner
    {
        /// <summary>Counted on this thread so far.</summary>
        public long Nanos;
    }
}
