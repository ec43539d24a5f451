using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using EnergyNode.Actors;
using EnergyNode.Actors.Ports;
using EnergyNode.Ledger;

namespace EnergyNode.Node.Network;

/// <summary>
/// The transport of a node: TCP with mutual TLS 1.3, a signed hello on each connection, one link per pair of nodes.
/// Protocol: docs/spec/network.md. All members are safe from any thread.
/// </summary>
public sealed class TlsTransport : ITransport, IAsyncDisposable
{
    private readonly TransportOptions _options;
    private readonly ISigner _signer;
    private readonly ISignatureVerifier _verifier;
    private readonly Func<PublicKey, bool> _isAllowed;
    private readonly Action<ConnectionRefused> _onRefused;
    private readonly TimeProvider _time;
    private readonly LinkTable _links;
    private readonly HandshakeGate _gate;
    private readonly RefusedPeers _refused;
    private readonly ConcurrentDictionary<Task, bool> _tasks = new();
    private readonly ConcurrentDictionary<PublicKey, bool> _dialled = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _lifecycle = new();

    private NodeCertificate _certificate;
    private TcpAcceptor? _acceptor;
    private Handshake? _handshake;
    private Task? _disposal;

    /// <param name="options">Copied values; later changes are by <see cref="Dial"/> and the like.</param>
    /// <param name="signer">This node's Ed25519 key.</param>
    /// <param name="verifier">Checks the hellos of others.</param>
    /// <param name="isAllowed">Whether a key may connect as a node; asked at each hello and each heartbeat.</param>
    /// <param name="certificate">To show; not disposed here.</param>
    /// <param name="onRefused">Told of connections that became no link, save for duplicates; must not block.</param>
    /// <param name="time">The system's; another one in tests.</param>
    /// <exception cref="ArgumentException">An option makes no sense.</exception>
    public TlsTransport(
        TransportOptions options,
        ISigner signer,
        ISignatureVerifier verifier,
        Func<PublicKey, bool> isAllowed,
        NodeCertificate certificate,
        Action<ConnectionRefused> onRefused,
        TimeProvider time)
    {
        options.Validate();
        if (options.Role == PeerRole.Client)
        {
            throw new ArgumentException("A client uses TlsClient.", nameof(options));
        }

        _options = options;
        _signer = signer;
        _verifier = verifier;
        _isAllowed = isAllowed;
        _certificate = certificate;
        _onRefused = onRefused;
        _time = time;
        _links = new LinkTable(options.MaxClients);
        _refused = new RefusedPeers(time);
        _gate = new HandshakeGate(options.MaxPendingHandshakes, options.MaxPendingPerAddress);
    }

    /// <summary>Where this node listens, with its real port; null if it does not, or has not started.</summary>
    public IPEndPoint? ListenEndPoint => _acceptor?.EndPoint;

    /// <summary>Listens and dials from now on.</summary>
    /// <param name="listener">Told PeerConnected, FrameReceived and PeerDisconnected.</param>
    /// <exception cref="ListenException">It cannot listen where it should.</exception>
    public void Start(IActorRef listener)
    {
        lock (_lifecycle)
        {
            if (_handshake is not null || _disposal is not null)
            {
                throw new InvalidOperationException("A transport is started once.");
            }

            _acceptor = _options.Listen is { } endPoint ? new TcpAcceptor(endPoint, _time) : null;
            HelloTerms terms =
                new(_options.ChainId, _options.Role, AdvertisedAddress(), _signer, _verifier, _isAllowed)
                {
                    IsRefused = _refused.Contains,
                };
            _links.Open(listener);
            _handshake = new Handshake(_options, terms, _links.TryAddAsync, _time);
            if (_acceptor is { } acceptor)
            {
                Run(() => acceptor.RunAsync(TakeInbound, _stop.Token));
            }
        }

        foreach (KnownPeer peer in _options.Peers)
        {
            Dial(peer);
        }
    }

    /// <inheritdoc/>
    /// <remarks>The payload is kept until it is sent and must not change any more.</remarks>
    public bool Send(PublicKey peer, FrameKind kind, ReadOnlyMemory<byte> payload) =>
        _links.Find(peer) is { } link && link.TrySend(kind, payload);

    /// <summary>Keeps a link to one more node: a validator that joined. Of one key the first call counts.</summary>
    public void Dial(KnownPeer peer)
    {
        if (_handshake is null)
        {
            throw new InvalidOperationException("A transport dials once it is started.");
        }

        if (peer.Addresses.Length > NetworkLimits.MaxAddressesPerPeer)
        {
            throw new ArgumentException("A peer has at most 8 dial addresses.", nameof(peer));
        }

        if (peer.Key != _signer.PublicKey && !peer.Addresses.IsEmpty && _dialled.TryAdd(peer.Key, true))
        {
            PeerDialer dialer = new(
                peer,
                _options,
                _links,
                ServeAsync,
                key => _isAllowed(key) && !_refused.Contains(key),
                Report,
                _time);
            Run(() => dialer.RunAsync(_stop.Token));
        }
    }

    /// <summary>Closes the link to a peer, if there is one. The peer may come again as long as it is allowed.</summary>
    public void Disconnect(PublicKey peer, string reason) => _links.Find(peer)?.Close(reason);

    /// <inheritdoc/>
    public void Throttle(PublicKey peer, Duration pause) =>
        _links.Find(peer)?.Pause(TimeSpan.FromMicroseconds(pause.Micros));

    /// <inheritdoc/>
    public void Refuse(PublicKey peer, Duration time, string reason)
    {
        // In this order, so that the peer cannot come in between.
        _refused.Add(peer, TimeSpan.FromMicroseconds(time.Micros));
        Disconnect(peer, reason);
        Report(new ConnectionRefused(RefusalReason.Misbehaved, AddressOf(peer), peer, Dialled: false, reason));
    }

    /// <summary>New connections show this certificate; links that are up stay up.</summary>
    public void RotateCertificate(NodeCertificate certificate) => Volatile.Write(ref _certificate, certificate);

    /// <summary>The links that are up, in the order of their keys.</summary>
    public IReadOnlyList<LinkStats> Snapshot() => [.. _links.All().Select(link => link.Stats())];

    /// <summary>Stops listening and dialling, closes all links, and ends when all are reported closed.</summary>
    public ValueTask DisposeAsync()
    {
        lock (_lifecycle)
        {
            _disposal ??= StopAsync();
            return new ValueTask(_disposal);
        }
    }

    private async Task StopAsync()
    {
        // Closed last: a socket closed under its accept loop makes that loop fail instead of end.
        using TcpAcceptor? acceptor = _acceptor;
        await _stop.CancelAsync();
        _links.CloseAll("this node is stopping");

        // The accept loop may add one more connection while it ends.
        while (!_tasks.IsEmpty)
        {
            await Task.WhenAll(_tasks.Keys);
            await Task.Yield();
        }
    }

    private string AdvertisedAddress()
    {
        if (_options.AdvertisedAddress.Length > 0 || _acceptor is null)
        {
            return _options.AdvertisedAddress;
        }

        IPEndPoint endPoint = _acceptor.EndPoint;
        bool wildcard = endPoint.Address.Equals(IPAddress.Any) || endPoint.Address.Equals(IPAddress.IPv6Any);
        return wildcard ? "" : PeerAddress.Of(endPoint).ToString();
    }

    private void TakeInbound(Socket socket)
    {
        IPAddress source;
        string address;
        try
        {
            IPEndPoint remote = TcpAddress.RemoteEndPoint(socket);
            source = remote.Address;
            address = PeerAddress.Of(remote).ToString();
        }
        catch (SocketException)
        {
            socket.Dispose();
            return;
        }

        if (_gate.TryEnter(source))
        {
            Run(() => ServeInboundAsync(socket, source, address));
            return;
        }

        socket.Close(timeout: 0);
        RefusalReason reason = RefusalReason.TooManyHandshakes;
        Report(new ConnectionRefused(reason, address, Key: null, Dialled: false, RefusalText.Of(reason)));
    }

    private async Task ServeInboundAsync(Socket socket, IPAddress source, string address)
    {
        Handshake.Outcome? made;
        try
        {
            made = await GreetAsync(socket, dialledKey: null, dialledAddress: null, address, _stop.Token);
        }
        finally
        {
            _gate.Leave(source);
        }

        await RunLinkAsync(made);
    }

    private async Task<Link?> ServeAsync(Socket socket, PublicKey expected, string address, CancellationToken stop) =>
        await RunLinkAsync(await GreetAsync(socket, expected, address, address, stop));

    private async Task<Handshake.Outcome?> GreetAsync(
        Socket socket, PublicKey? dialledKey, string? dialledAddress, string address, CancellationToken stop)
    {
        try
        {
            NodeCertificate certificate = Volatile.Read(ref _certificate);
            return await _handshake!.RunAsync(socket, certificate, dialledKey, dialledAddress, stop);
        }
        catch (ConnectionRefusedException e)
        {
            if (e.Reason is not (RefusalReason.Duplicate or RefusalReason.Stopping))
            {
                Report(new ConnectionRefused(e.Reason, address, e.Key, dialledAddress is not null, e.Message));
                if (dialledAddress is null && e.Reason != RefusalReason.Misbehaved)
                {
                    _links.RefusedStranger(HostOf(address));
                }
            }

            return null;
        }
    }

    private async Task<Link?> RunLinkAsync(Handshake.Outcome? made)
    {
        if (made is not { } outcome)
        {
            return null;
        }

        Link link = outcome.Link;
        LinkIdentity identity = link.Identity;
        try
        {
            await link.RunAsync(
                outcome.FirstBytes,
                (kind, payload) =>
                {
                    _links.Deliver(identity, kind, payload);
                    return ValueTask.CompletedTask;
                },
                () => _links.Heard(identity),
                () => !_refused.Contains(identity.Key)
                    && (identity.Role == PeerRole.Client || _isAllowed(identity.Key)));
        }
        finally
        {
            _links.Remove(link);
        }

        return link;
    }

    private string AddressOf(PublicKey peer) => _links.Find(peer)?.Identity.Address ?? "";

    private static string HostOf(string address) => address[..Math.Max(0, address.LastIndexOf(':'))];

    private void Report(ConnectionRefused refused)
    {
        if (!_stop.IsCancellationRequested)
        {
            _onRefused(refused);
        }
    }

    private void Run(Func<Task> work)
    {
        Task task = Task.Run(async () =>
        {
            try
            {
                await work();
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                // Stopping is how these loops end.
            }
        });
        _tasks[task] = true;
        _ = task.ContinueWith(
            done => _tasks.TryRemove(done, out _),
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
    }
}
