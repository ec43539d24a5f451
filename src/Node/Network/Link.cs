using System;
using System.Buffers.Binary;
using System.IO;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using EnergyNode.Actors.Ports;
using EnergyNode.Ledger;

namespace EnergyNode.Node.Network;

/// <summary>One welcomed connection: reads within its quota, writes by priority, keeps the heartbeat.</summary>
internal sealed class Link
{
    private readonly TlsSession _session;
    private readonly FrameReader _reader;
    private readonly OutboundQueue _queue;
    private readonly FrameWriter _writer;
    private readonly TransportOptions _options;
    private readonly TimeProvider _time;
    private readonly TokenBucket _byteQuota;
    private readonly TokenBucket _frameQuota;
    private readonly long _started;
    private readonly Instant _since;
    private readonly CancellationTokenSource _closed = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private string? _closeReason;
    private LinkViolationException? _violation;
    private long _pausedFrom;
    private long _pausedTicks;
    private long _bytesIn;
    private long _framesIn;
    private long _framesDropped;
    private long _throttledTicks;
    private long _roundTripTicks = -1;
    private long _openPing;
    private bool _readingPaused;

    public Link(
        LinkIdentity identity, TlsSession session, FrameReader reader, TransportOptions options, TimeProvider time)
    {
        Identity = identity;
        _session = session;
        _reader = reader;
        _options = options;
        _time = time;
        bool fromClient = identity.Role == PeerRole.Client;
        _queue = new OutboundQueue(options.QueueFrames, fromClient ? options.ClientQueueBytes : options.QueueBytes);
        _writer = new FrameWriter(session.Stream, _queue, time);
        RateQuota quota = fromClient ? options.ClientQuota : options.NodeQuota;
        _byteQuota = new TokenBucket(quota.BytesPerSecond);
        _frameQuota = new TokenBucket(quota.FramesPerSecond);
        _started = time.GetTimestamp();
        _since = new Instant((time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond);
        reader.InHandshake = false;
        reader.MaxFrameBytes = fromClient ? options.ClientMaxFrameBytes : options.MaxFrameBytes;
    }

    public LinkIdentity Identity { get; }

    /// <summary>Done when the link is closed, delivers nothing more, and all have been told.</summary>
    public Task Ended => _ended.Task;

    public string CloseReason => Volatile.Read(ref _closeReason) ?? "";

    /// <summary>Why the peer is to be blamed for the end of this link; null when it is not.</summary>
    public LinkViolationException? Violation => Volatile.Read(ref _violation);

    public TimeSpan Age => _time.GetElapsedTime(_started);

    /// <returns>False when the frame was dropped.</returns>
    public bool TrySend(FrameKind kind, ReadOnlyMemory<byte> payload)
    {
        if (payload.Length < _options.MaxFrameBytes && _queue.TryEnqueue(new OutboundFrame(kind, payload)))
        {
            return true;
        }

        Interlocked.Increment(ref _framesDropped);
        return false;
    }

    /// <summary>Waits for room in the queue.</summary>
    /// <returns>False when the link is closed.</returns>
    public ValueTask<bool> SendAsync(FrameKind kind, ReadOnlyMemory<byte> payload, CancellationToken cancellation) =>
        _queue.EnqueueAsync(new OutboundFrame(kind, payload), cancellation);

    /// <summary>Reads nothing more for a while, from the next frame on. Safe from any thread.</summary>
    public void Pause(TimeSpan time)
    {
        Volatile.Write(ref _pausedFrom, _time.GetTimestamp());
        Volatile.Write(ref _pausedTicks, time.Ticks);
    }

    /// <summary>Ends the link; the first reason counts. Safe from any thread.</summary>
    public void Close(string reason)
    {
        if (Interlocked.CompareExchange(ref _closeReason, reason, null) is null)
        {
            _queue.Complete();
            _ = _closed.CancelAsync();
            _session.Abort();
        }
    }

    /// <summary>Sends what is queued, then closes; at once when that takes too long.</summary>
    public async Task DrainAsync(TimeSpan timeout)
    {
        _queue.Complete();
        try
        {
            await Ended.WaitAsync(timeout, _time);
        }
        catch (TimeoutException)
        {
            Close("closed by this side");
        }
    }

    /// <summary>Runs until the link is closed. The caller then tells all and calls <see cref="MarkEnded"/>.</summary>
    /// <param name="firstBytes">Written before any queued frame; may be empty.</param>
    /// <param name="deliver">Takes each frame that is not a heartbeat; reading waits for it.</param>
    /// <param name="heard">Called when the peer has answered a ping.</param>
    /// <param name="isAdmitted">Asked with every heartbeat.</param>
    public async Task RunAsync(
        byte[] firstBytes,
        Func<FrameKind, ReadOnlyMemory<byte>, ValueTask> deliver,
        Action heard,
        Func<bool> isAdmitted)
    {
        await Task.WhenAll(
            CloseOnEndAsync(ReadAsync(deliver, heard)),
            CloseOnEndAsync(WriteAsync(firstBytes)),
            CloseOnEndAsync(BeatAsync(isAdmitted)));
        await _session.DisposeAsync();
    }

    public void MarkEnded() => _ended.TrySetResult();

    public LinkStats Stats()
    {
        long roundTrip = Volatile.Read(ref _roundTripTicks);
        return new LinkStats(
            Identity.Key,
            Identity.Role,
            Identity.Address,
            Identity.Dialled,
            _since,
            Volatile.Read(ref _bytesIn),
            _writer.BytesWritten,
            Volatile.Read(ref _framesIn),
            _writer.FramesWritten,
            Volatile.Read(ref _framesDropped),
            _queue.Frames,
            _queue.Bytes,
            roundTrip < 0 ? null : TimeSpan.FromTicks(roundTrip),
            TimeSpan.FromTicks(Volatile.Read(ref _throttledTicks)));
    }

    private async Task CloseOnEndAsync(Task work)
    {
        try
        {
            await work;
        }
        catch (Exception e) when (e is LinkViolationException or EndOfStreamException)
        {
            if (_closeReason is null && e is LinkViolationException { Offence: not null } violation)
            {
                Volatile.Write(ref _violation, violation);
            }

            Close(e.Message);
        }
        catch (OperationCanceledException) when (_closed.IsCancellationRequested)
        {
            // Close has been called, which is how all three come to their end.
        }
        catch (IOException e)
            when (e.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionReset })
        {
            Close("reset by the peer");
        }
        catch (Exception e)
        {
            Close("connection lost: " + (e.InnerException ?? e).Message);
        }
    }

    private async Task ReadAsync(Func<FrameKind, ReadOnlyMemory<byte>, ValueTask> deliver, Action heard)
    {
        while (true)
        {
            RawFrame frame = await _reader.ReadAsync(_closed.Token);
            int bytes = NetworkLimits.FrameHeaderBytes + frame.Payload.Length;
            Volatile.Write(ref _bytesIn, _bytesIn + bytes);
            Volatile.Write(ref _framesIn, _framesIn + 1);
            switch ((FrameKind)frame.Kind)
            {
                case FrameKind.Ping:
                    CheckPing(frame);
                    _queue.TryEnqueue(new OutboundFrame(FrameKind.Pong, frame.Payload));
                    break;
                case FrameKind.Pong:
                    CheckPing(frame);
                    if (NotePong(BinaryPrimitives.ReadInt64LittleEndian(frame.Payload)))
                    {
                        heard();
                    }

                    break;
                default:
                    ValueTask delivery = deliver((FrameKind)frame.Kind, frame.Payload);
                    if (!delivery.IsCompletedSuccessfully)
                    {
                        await PauseReadingAsync(delivery.AsTask());
                    }

                    break;
            }

            await ThrottleAsync(bytes);
        }
    }

    private static void CheckPing(RawFrame frame)
    {
        if (frame.Payload.Length != FrameFormat.PingBytes)
        {
            throw new LinkViolationException(
                $"sent a ping or pong of {frame.Payload.Length} bytes", LinkOffence.Malformed);
        }
    }

    private bool NotePong(long sent)
    {
        // Only the answer to the latest ping counts, once: a made-up time stamp must not become a round-trip time.
        if (sent == 0 || Interlocked.CompareExchange(ref _openPing, 0, sent) != sent)
        {
            return false;
        }

        Volatile.Write(ref _roundTripTicks, _time.GetElapsedTime(sent).Ticks);
        return true;
    }

    private ValueTask ThrottleAsync(int bytes)
    {
        TimeSpan now = _time.GetElapsedTime(_started);
        TimeSpan forBytes = _byteQuota.Take(bytes, now);
        TimeSpan forFrames = _frameQuota.Take(1, now);
        TimeSpan wait = forBytes > forFrames ? forBytes : forFrames;
        long paused = Volatile.Read(ref _pausedTicks);
        if (paused > 0)
        {
            TimeSpan rest = TimeSpan.FromTicks(paused) - _time.GetElapsedTime(Volatile.Read(ref _pausedFrom));
            wait = rest > wait ? rest : wait;
        }

        return wait < NetworkLimits.ShortestThrottle ? ValueTask.CompletedTask : WaitOutAsync(wait, now);
    }

    private async ValueTask WaitOutAsync(TimeSpan wait, TimeSpan since)
    {
        await PauseReadingAsync(Task.Delay(wait, _time, _closed.Token));
        Volatile.Write(ref _throttledTicks, _throttledTicks + (_time.GetElapsedTime(_started) - since).Ticks);
    }

    private async Task PauseReadingAsync(Task pause)
    {
        Volatile.Write(ref _readingPaused, true);
        await pause;
        _reader.ForgiveSilence();
        Volatile.Write(ref _readingPaused, false);
    }

    private async Task WriteAsync(byte[] firstBytes)
    {
        await _writer.RunAsync(firstBytes, _closed.Token);

        // The queue was completed by DrainAsync. The peer closes when it has read all, which ends the read loop.
        await _session.Stream.ShutdownAsync();
        _session.EndSending();
    }

    private async Task BeatAsync(Func<bool> isAdmitted)
    {
        long lastPing = _started;
        while (true)
        {
            TimeSpan untilSilent = _options.AcceptablePause;
            if (!Volatile.Read(ref _readingPaused))
            {
                TimeSpan silence = _time.GetElapsedTime(_reader.LastRead);
                untilSilent -= silence;
                Require(untilSilent > TimeSpan.Zero, "silent for", silence);
            }

            TimeSpan unfinished = _reader.Unfinished;
            if (unfinished >= NetworkLimits.FrameTimeout)
            {
                throw new LinkViolationException(
                    $"did not finish a frame in {(long)unfinished.TotalMilliseconds} ms", LinkOffence.Slow);
            }

            TimeSpan stalled = _writer.Stalled;
            Require(stalled < _options.WriteStallTimeout, "took no data for", stalled);
            TimeSpan untilPing = _options.HeartbeatInterval - _time.GetElapsedTime(lastPing);
            if (untilPing <= TimeSpan.Zero)
            {
                if (!isAdmitted())
                {
                    throw new LinkViolationException("no longer admitted");
                }

                lastPing = _time.GetTimestamp();
                SendPing(lastPing);
                untilPing = _options.HeartbeatInterval;
            }

            TimeSpan next = untilPing < untilSilent ? untilPing : untilSilent;
            await SleepAsync(next + TimeSpan.FromMilliseconds(1));
        }
    }

    /// <summary>Who slept for longer than it meant to was stopped, and nobody could be heard meanwhile.</summary>
    private async Task SleepAsync(TimeSpan time)
    {
        long from = _time.GetTimestamp();
        await Task.Delay(time, _time, _closed.Token);
        if (_time.GetElapsedTime(from) - time >= NetworkLimits.OwnStall)
        {
            _reader.ForgiveStall();
            _writer.ForgiveStall();
        }
    }

    private static void Require(bool lively, string what, TimeSpan howLong)
    {
        if (!lively)
        {
            throw new LinkViolationException($"{what} {(long)howLong.TotalMilliseconds} ms");
        }
    }

    private void SendPing(long stamp)
    {
        byte[] payload = new byte[FrameFormat.PingBytes];
        BinaryPrimitives.WriteInt64LittleEndian(payload, stamp);
        Volatile.Write(ref _openPing, stamp);
        _queue.TryEnqueue(new OutboundFrame(FrameKind.Ping, payload));
    }
}
