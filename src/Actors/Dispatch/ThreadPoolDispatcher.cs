using System;
using System.Threading;
using System.Threading.Tasks;

namespace EnergyNode.Actors;

/// <summary>The production runner: actors on the thread pool, a bounded number of messages at a time.</summary>
public sealed class ThreadPoolDispatcher : IDispatcher
{
    private readonly int _throughput;

    /// <param name="throughput">Messages an actor handles before it lets others run, at least 1.</param>
    public ThreadPoolDispatcher(int throughput = Limits.DefaultThroughput)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(throughput, 1);
        _throughput = throughput;
    }

    public TaskCreationOptions CompletionOptions => TaskCreationOptions.RunContinuationsAsynchronously;

    public void Schedule(Mailbox mailbox) =>
        ThreadPool.UnsafeQueueUserWorkItem(
            static work => work.Mailbox.Run(work.Throughput), (Mailbox: mailbox, Throughput: _throughput), false);
}
