using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace EnergyNode.Node.Oracle;

/// <summary>
/// One connection to a queue. What it handed out and was not told about comes again with the next one.
/// </summary>
internal interface IReadingQueueSession : IAsyncDisposable
{
    /// <summary>
    /// The messages, in order; never more than the prefetch without an answer. Ends with a
    /// <see cref="ReadingQueueException"/> when the connection does.
    /// </summary>
    IAsyncEnumerable<QueuedMessage> ReadAsync(CancellationToken cancellation);

    /// <summary>The message is done with. Nothing happens when the connection is gone.</summary>
    Task AcknowledgeAsync(ulong tag, CancellationToken cancellation);

    /// <summary>The message is never to come again; the broker may keep it as a dead letter.</summary>
    Task RejectAsync(ulong tag, CancellationToken cancellation);
}
