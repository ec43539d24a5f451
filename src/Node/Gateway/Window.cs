using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace EnergyNode.Node.Gateway;

/// <summary>
/// Bounds what is in flight, in batches and in bytes. Those who wait enter in order; one batch may always be in flight.
/// </summary>
internal sealed class Window(int maxBatches, long maxBytes)
{
    private readonly Lock _gate = new();
    private readonly LinkedList<(int Bytes, TaskCompletionSource Entered)> _waiting = [];
    private int _batches;
    private long _bytes;

    public async Task EnterAsync(int bytes, CancellationToken cancellation)
    {
        TaskCompletionSource entered = new(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            _waiting.AddLast((bytes, entered));
            Admit();
        }

        using CancellationTokenRegistration registration = cancellation.Register(() => Abandon(entered, cancellation));
        await entered.Task;
    }

    public void Leave(int bytes)
    {
        lock (_gate)
        {
            _batches--;
            _bytes -= bytes;
            Admit();
        }
    }

    private void Admit()
    {
        while (_waiting.First is { } first
            && (_batches == 0 || (_batches < maxBatches && _bytes + first.Value.Bytes <= maxBytes)))
        {
            _waiting.RemoveFirst();
            _batches++;
            _bytes += first.Value.Bytes;
            first.Value.Entered.SetResult();
        }
    }

    private void Abandon(TaskCompletionSource entered, CancellationToken cancellation)
    {
        lock (_gate)
        {
            for (LinkedListNode<(int Bytes, TaskCompletionSource Entered)>? node = _waiting.First;
                node is not null;
                node = node.Next)
            {
                if (node.Value.Entered == entered)
                {
                    _waiting.Remove(node);
                    entered.SetCanceled(cancellation);
                    return;
                }
            }
        }
    }
}
