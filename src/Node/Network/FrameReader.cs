using System;
using System.Buffers.Binary;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using EnergyNode.Actors.Ports;

namespace EnergyNode.Node.Network;

/// <summary>Cuts a stream into frames. Length and kind are judged before any of a payload is stored.</summary>
internal sealed class FrameReader(Stream stream, TimeProvider time)
{
    private readonly byte[] _buffer = new byte[NetworkLimits.ReadBufferBytes];
    private int _start;
    private int _end;
    private long _lastRead = time.GetTimestamp();
    private long _frameBegun;

    /// <summary>Kind 0 alone is allowed while true, kind 0 never afterwards.</summary>
    public bool InHandshake { get; set; } = true;

    /// <summary>Bound of kind + payload.</summary>
    public int MaxFrameBytes { get; set; } = NetworkLimits.MaxHelloBytes;

    /// <summary>When bytes last arrived (the time provider's time stamp).</summary>
    public long LastRead => Volatile.Read(ref _lastRead);

    /// <summary>Time in which nothing was read on purpose is no silence.</summary>
    public void ForgiveSilence() => Volatile.Write(ref _lastRead, time.GetTimestamp());

    /// <summary>Time in which this process stood still is neither silence nor slowness of the peer.</summary>
    public void ForgiveStall()
    {
        ForgiveSilence();
        long begun = Volatile.Read(ref _frameBegun);
        if (begun != 0)
        {
            Interlocked.CompareExchange(ref _frameBegun, time.GetTimestamp(), begun);
        }
    }

    /// <summary>How long the frame that is being read has been incomplete; zero between frames.</summary>
    public TimeSpan Unfinished =>
        Volatile.Read(ref _frameBegun) is var begun and not 0 ? time.GetElapsedTime(begun) : TimeSpan.Zero;

    /// <returns>The next frame.</returns>
    /// <exception cref="EndOfStreamException">The peer closed the connection.</exception>
    /// <exception cref="LinkViolationException">Length or kind is not allowed.</exception>
    public ValueTask<RawFrame> ReadAsync(CancellationToken cancellation)
    {
        Volatile.Write(ref _frameBegun, 0);
        return TryTake(out RawFrame frame)
            ? new ValueTask<RawFrame>(frame)
            : ReadSlowlyAsync(cancellation);
    }

    private async ValueTask<RawFrame> ReadSlowlyAsync(CancellationToken cancellation)
    {
        while (true)
        {
            if (TryHeader(out byte kind, out int payloadBytes) && payloadBytes > RoomForPayload)
            {
                return await ReadLargeAsync(kind, payloadBytes, cancellation);
            }

            NoteBegun();
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
            _end += await ReadSomeAsync(_buffer.AsMemory(_end), cancellation);
            if (TryTake(out RawFrame frame))
            {
                return frame;
            }
        }
    }

    private void NoteBegun()
    {
        if (_end > _start && _frameBegun == 0)
        {
            Volatile.Write(ref _frameBegun, LastRead);
        }
    }

    private int RoomForPayload => _buffer.Length - NetworkLimits.FrameHeaderBytes;

    private bool TryTake(out RawFrame frame)
    {
        frame = default;
        if (!TryHeader(out byte kind, out int payloadBytes)
            || _end - _start < NetworkLimits.FrameHeaderBytes + payloadBytes)
        {
            return false;
        }

        _start += NetworkLimits.FrameHeaderBytes;
        frame = new RawFrame(kind, _buffer.AsSpan(_start, payloadBytes).ToArray());
        _start += payloadBytes;
        return true;
    }

    private bool TryHeader(out byte kind, out int payloadBytes)
    {
        ReadOnlySpan<byte> bytes = _buffer.AsSpan(_start, _end - _start);
        kind = 0;
        payloadBytes = 0;
        if (bytes.Length < NetworkLimits.FrameHeaderBytes)
        {
            return false;
        }

        uint length = BinaryPrimitives.ReadUInt32LittleEndian(bytes);
        if (length == 0)
        {
            throw new LinkViolationException("sent a frame without a kind", LinkOffence.Malformed);
        }

        if (length > (uint)MaxFrameBytes)
        {
            throw new LinkViolationException(
                $"sent a frame of {length} bytes, allowed are {MaxFrameBytes}", LinkOffence.Oversized);
        }

        kind = bytes[4];
        if (InHandshake ? kind != FrameFormat.HandshakeKind : !FrameFormat.IsKnown(kind))
        {
            throw new LinkViolationException($"sent a frame of the unknown kind {kind}", LinkOffence.UnknownKind);
        }

        payloadBytes = (int)length - 1;
        return true;
    }

    private async ValueTask<RawFrame> ReadLargeAsync(byte kind, int payloadBytes, CancellationToken cancellation)
    {
        NoteBegun();
        byte[] payload = new byte[payloadBytes];
        int held = _end - _start - NetworkLimits.FrameHeaderBytes;
        _buffer.AsSpan(_start + NetworkLimits.FrameHeaderBytes, held).CopyTo(payload);
        _start = 0;
        _end = 0;
        while (held < payloadBytes)
        {
            held += await ReadSomeAsync(payload.AsMemory(held), cancellation);
        }

        return new RawFrame(kind, payload);
    }

    private async ValueTask<int> ReadSomeAsync(Memory<byte> destination, CancellationToken cancellation)
    {
        int read = await stream.ReadAsync(destination, cancellation);
        if (read == 0)
        {
            throw new EndOfStreamException("closed by the peer");
        }

        Volatile.Write(ref _lastRead, time.GetTimestamp());
        return read;
    }
}
