using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace EnergyNode.Node.Network;

/// <summary>Writes queued frames, many small ones in one write, a large one in pieces.</summary>
internal sealed class FrameWriter(Stream stream, OutboundQueue queue, TimeProvider time)
{
    private readonly byte[] _buffer = new byte[NetworkLimits.WriteBufferBytes];
    private long _bytesWritten;
    private long _framesWritten;
    private long _writeStarted;

    public long BytesWritten => Volatile.Read(ref _bytesWritten);

    public long FramesWritten => Volatile.Read(ref _framesWritten);

    /// <summary>For how long the write under way has waited; zero if there is none.</summary>
    public TimeSpan Stalled
    {
        get
        {
            long started = Volatile.Read(ref _writeStarted);
            return started == 0 ? TimeSpan.Zero : time.GetElapsedTime(started);
        }
    }

    /// <summary>Time in which this process stood still is no fault of the peer.</summary>
    public void ForgiveStall()
    {
        long started = Volatile.Read(ref _writeStarted);
        if (started != 0)
        {
            Interlocked.CompareExchange(ref _writeStarted, time.GetTimestamp(), started);
        }
    }

    /// <summary>Returns when the queue is completed and all of it is written.</summary>
    public async Task RunAsync(byte[] firstBytes, CancellationToken cancellation)
    {
        if (firstBytes.Length > 0)
        {
            await WriteAsync(firstBytes, cancellation);
        }

        while (await queue.WaitToReadAsync(cancellation))
        {
            int used = queue.Fill(_buffer, out int frames, out OutboundFrame? large);
            await (large is { } frame
                ? WriteLargeAsync(frame, cancellation)
                : WriteAsync(_buffer.AsMemory(0, used), cancellation));
            Volatile.Write(ref _framesWritten, _framesWritten + frames);
        }
    }

    private async ValueTask WriteLargeAsync(OutboundFrame frame, CancellationToken cancellation)
    {
        FrameFormat.WriteHeader(_buffer, (byte)frame.Kind, frame.Payload.Length);
        int first = _buffer.Length - NetworkLimits.FrameHeaderBytes;
        frame.Payload[..first].CopyTo(_buffer.AsMemory(NetworkLimits.FrameHeaderBytes));
        await WriteAsync(_buffer, cancellation);
        for (ReadOnlyMemory<byte> rest = frame.Payload[first..]; rest.Length > 0;)
        {
            int piece = Math.Min(rest.Length, _buffer.Length);
            await WriteAsync(rest[..piece], cancellation);
            rest = rest[piece..];
        }
    }

    private async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        Volatile.Write(ref _writeStarted, time.GetTimestamp());
        await stream.WriteAsync(bytes, cancellation);
        Volatile.Write(ref _writeStarted, 0);
        Volatile.Write(ref _bytesWritten, _bytesWritten + bytes.Length);
    }
}
