using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace EnergyNode.Node.Network;

/// <summary>
/// Frames that wait for one link: urgent ones first, in order within a priority. Each priority has its own bounds, so
/// that bulk can never crowd out votes. Many writers, one reader.
/// </summary>
internal sealed class OutboundQueue(int maxFrames, long maxBytes)
{
    private readonly Lock _gate = new();
    private readonly PriorityClass _urgent = new(maxFrames, maxBytes);
    private readonly PriorityClass _ordinary = new(maxFrames, maxBytes);
    private readonly SemaphoreSlim _wake = new(0);
    private TaskCompletionSource? _space;
    private bool _readerWaits;
    private bool _completed;

    public int Frames
    {
        get
        {
            lock (_gate)
            {
                return _urgent.Waiting.Count + _ordinary.Waiting.Count;
            }
        }
    }

    public long Bytes
    {
        get
        {
            lock (_gate)
            {
                return _urgent.Bytes + _ordinary.Bytes;
            }
        }
    }

    /// <returns>False when its priority is full, or after <see cref="Complete"/>: the newest is dropped.</returns>
    public bool TryEnqueue(OutboundFrame frame)
    {
        lock (_gate)
        {
            return TryEnqueueLocked(frame);
        }
    }

    /// <summary>Waits for room instead of dropping.</summary>
    /// <returns>False after <see cref="Complete"/>.</returns>
    public async ValueTask<bool> EnqueueAsync(OutboundFrame frame, CancellationToken cancellation)
    {
        while (true)
        {
            Task space;
            lock (_gate)
            {
                if (_completed || TryEnqueueLocked(frame))
                {
                    return !_completed;
                }

                _space ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                space = _space.Task;
            }

            await space.WaitAsync(cancellation);
        }
    }

    /// <summary>Takes nothing more; what waits can still be read.</summary>
    public void Complete()
    {
        lock (_gate)
        {
            _completed = true;
            Wake();
            FreeSpace();
        }
    }

    /// <returns>True when something waits; false when nothing ever will.</returns>
    public async ValueTask<bool> WaitToReadAsync(CancellationToken cancellation)
    {
        while (true)
        {
            lock (_gate)
            {
                if (_urgent.Waiting.Count + _ordinary.Waiting.Count > 0)
                {
                    return true;
                }

                if (_completed)
                {
                    return false;
                }

                _readerWaits = true;
            }

            await _wake.WaitAsync(cancellation);
        }
    }

    /// <summary>Writes as many whole frames into the buffer as fit.</summary>
    /// <param name="buffer">Where to.</param>
    /// <param name="frames">How many frames were taken.</param>
    /// <param name="large">The next frame, taken unwritten, if it alone is larger than the buffer.</param>
    /// <returns>The bytes written.</returns>
    public int Fill(Span<byte> buffer, out int frames, out OutboundFrame? large)
    {
        int used = 0;
        frames = 0;
        large = null;
        lock (_gate)
        {
            while (Next() is { } source)
            {
                OutboundFrame frame = source.Waiting.Peek();
                if (frame.Bytes > buffer.Length - used)
                {
                    if (used == 0)
                    {
                        large = source.Take();
                        frames = 1;
                    }

                    break;
                }

                source.Take();
                FrameFormat.WriteHeader(buffer[used..], (byte)frame.Kind, frame.Payload.Length);
                frame.Payload.Span.CopyTo(buffer[(used + NetworkLimits.FrameHeaderBytes)..]);
                used += frame.Bytes;
                frames++;
            }

            FreeSpace();
        }

        return used;
    }

    private PriorityClass? Next() =>
        _urgent.Waiting.Count > 0 ? _urgent : _ordinary.Waiting.Count > 0 ? _ordinary : null;

    private bool TryEnqueueLocked(OutboundFrame frame)
    {
        PriorityClass target = FrameFormat.IsUrgent(frame.Kind) ? _urgent : _ordinary;
        if (_completed || !target.TryAdd(frame))
        {
            return false;
        }

        Wake();
        return true;
    }

    private void Wake()
    {
        if (_readerWaits)
        {
            _readerWaits = false;
            _wake.Release();
        }
    }

    private void FreeSpace()
    {
        _space?.TrySetResult();
        _space = null;
    }

    private sealed class PriorityClass(int maxFrames, long maxBytes)
    {
        public Queue<OutboundFrame> Waiting { get; } = new();

        public long Bytes { get; private set; }

        public bool TryAdd(OutboundFrame frame)
        {
            if (Waiting.Count >= maxFrames || Bytes + frame.Bytes > maxBytes)
            {
                return false;
            }

            Waiting.Enqueue(frame);
            Bytes += frame.Bytes;
            return true;
        }

        public OutboundFrame Take()
        {
            OutboundFrame frame = Waiting.Dequeue();
            Bytes -= frame.Bytes;
            return frame;
        }
    }
}
