using System;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Channels;
using System.Threading.Tasks;
using EnergyNode.Actors.Ports;
using EnergyNode.Ledger;

namespace EnergyNode.Node.Network;

/// <summary>
/// One connection of a client, such as a gateway, to one node. It does not reconnect: a client that lost its node may
/// prefer another one. All members are safe from any thread.
/// </summary>
public sealed class TlsClient : IAsyncDisposable
{
    private readonly TransportOptions _options;
    private readonly Channel<ReceivedFrame> _inbox = Channel.CreateBounded<ReceivedFrame>(
        new BoundedChannelOptions(NetworkLimits.ClientInboxFrames) { SingleWriter = true });

    private readonly CancellationTokenSource _closing = new();
    private readonly Link _link;
    private readonly Task _running;

    private TlsClient(TransportOptions options, Handshake.Outcome made)
    {
        _options = options;
        _link = made.Link;
        _running = Task.Run(() => RunAsync(made.FirstBytes));
    }

    /// <summary>The node at the other end; it has proved to hold this key.</summary>
    public PublicKey Node => _link.Identity.Key;

    public PeerRole NodeRole => _link.Identity.Role;

    /// <summary>
    /// What the node sent, in order; completed when the connection is. When it is full, the node has to wait.
    /// </summary>
    public ChannelReader<ReceivedFrame> Frames => _inbox.Reader;

    /// <summary>Done when the connection is closed, with the reason.</summary>
    public Task<string> Closed => ClosedAsync();

    /// <param name="options">Chain id, limits and time-outs; role, listen address and peers do not matter.</param>
    /// <param name="address">The node's; of several IP addresses of a host name each is tried.</param>
    /// <param name="expectedNode">The only key to be content with; null takes any node, see <see cref="Node"/>.</param>
    /// <param name="signer">The client's Ed25519 key.</param>
    /// <param name="verifier">Checks the node's hello.</param>
    /// <param name="certificate">To show; not disposed here.</param>
    /// <param name="time">The system's; another one in tests.</param>
    /// <param name="cancellation">Gives up connecting.</param>
    /// <exception cref="ConnectionRefusedException">Nothing answers, or one of the two sides refuses.</exception>
    /// <exception cref="ArgumentException">An option makes no sense.</exception>
    public static async Task<TlsClient> ConnectAsync(
        TransportOptions options,
        PeerAddress address,
        PublicKey? expectedNode,
        ISigner signer,
        ISignatureVerifier verifier,
        NodeCertificate certificate,
        TimeProvider time,
        CancellationToken cancellation)
    {
        options.Validate();
        HelloTerms terms = new(options.ChainId, PeerRole.Client, "", signer, verifier, _ => true);
        Handshake handshake = new(options, terms, (_, _, _) => ValueTask.FromResult<RefusalReason?>(null), time);
        Socket socket = await DialAsync(options, address, time, cancellation);
        return new TlsClient(
            options,
            await handshake.RunAsync(socket, certificate, expectedNode, address.ToString(), cancellation));
    }

    /// <summary>Queues a frame; waits while the queue is full. Order is kept within one priority.</summary>
    /// <param name="kind">What it is.</param>
    /// <param name="payload">Kept until it is sent; must not change any more.</param>
    /// <param name="cancellation">Gives up waiting; the frame is not sent then.</param>
    /// <exception cref="ArgumentException">The frame is larger than a client's may be.</exception>
    /// <exception cref="IOException">The connection is closed; the message says why.</exception>
    public async ValueTask SendAsync(
        FrameKind kind, ReadOnlyMemory<byte> payload, CancellationToken cancellation = default)
    {
        if (payload.Length >= _options.ClientMaxFrameBytes)
        {
            throw new ArgumentException(
                $"A client's frame has at most {_options.ClientMaxFrameBytes} bytes, kind included.", nameof(payload));
        }

        if (!await _link.SendAsync(kind, payload, cancellation))
        {
            throw new IOException("The connection to the node is closed: " + _link.CloseReason);
        }
    }

    public LinkStats Stats() => _link.Stats();

    /// <summary>Sends what is queued, if that takes no longer than two seconds, and closes.</summary>
    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _link.DrainAsync(NetworkLimits.ClientDrainTimeout);
        await _running;
    }

    private static async Task<Socket> DialAsync(
        TransportOptions options, PeerAddress address, TimeProvider time, CancellationToken cancellation)
    {
        SocketException? last = null;
        try
        {
            foreach (IPAddress ip in await TcpDial.ResolveAsync(address, cancellation))
            {
                try
                {
                    IPEndPoint endPoint = new(ip, address.Port);
                    return await TcpDial.ConnectAsync(endPoint, options.ConnectTimeout, time, cancellation);
                }
                catch (SocketException e)
                {
                    last = e;
                }
            }
        }
        catch (SocketException e)
        {
            last = e;
        }

        throw new ConnectionRefusedException(
            RefusalReason.Unreachable, $"nothing answers at {address}: {last?.Message ?? "no address"}", inner: last);
    }

    private async Task RunAsync(byte[] firstBytes)
    {
        await _link.RunAsync(firstBytes, DeliverAsync, () => { }, () => true);
        _inbox.Writer.TryComplete();
        _link.MarkEnded();
    }

    private ValueTask DeliverAsync(FrameKind kind, ReadOnlyMemory<byte> payload)
    {
        ReceivedFrame frame = new(kind, payload);
        return _inbox.Writer.TryWrite(frame) || _closing.IsCancellationRequested
            ? ValueTask.CompletedTask
            : WaitForReaderAsync(frame);
    }

    private async ValueTask WaitForReaderAsync(ReceivedFrame frame)
    {
        try
        {
            await _inbox.Writer.WriteAsync(frame, _closing.Token);
        }
        catch (OperationCanceledException)
        {
            // The client is closing: what its application did not take is thrown away.
        }
    }

    private async Task<string> ClosedAsync()
    {
        await _link.Ended;
        return _link.CloseReason;
    }
}
