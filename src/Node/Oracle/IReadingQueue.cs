using System.Threading;
using System.Threading.Tasks;

namespace EnergyNode.Node.Oracle;

/// <summary>A queue of messages that outlives this process, with each message as the body of a delivery.</summary>
internal interface IReadingQueue
{
    /// <summary>Connects and begins to consume.</summary>
    /// <exception cref="ReadingQueueException">The broker cannot be reached, or refuses.</exception>
    Task<IReadingQueueSession> ConnectAsync(CancellationToken cancellation);
}
