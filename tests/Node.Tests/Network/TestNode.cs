using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Threading.Tasks;
using EnergyNode.Actors.Ports;
using EnergyNode.Ledger;
using EnergyNode.Node.Network;

namespace EnergyNode.Node.Tests.Network;

/// <summary>A transport on a free loopback port, with key number n, that admits keys 1 to 9 as nodes.</summary>
internal sealed class TestNode : IAsyncDisposable
{
    public const string Chain = "test-chain";
    private const byte LastNodeNumber = 9;

    private static readonly HashSet<PublicKey> Nodes =
        [.. Enumerable.Range(1, LastNodeNumber).Select(n => FakeSigner.KeyOf((byte)n))];

    private readonly NodeCertificate _certificate = NodeCertificate.Create();

    public TestNode(
        byte number, Func<TransportOptions, TransportOptions>? change = null, TimeProvider? time = null)
    {
        TransportOptions options = Options();
        Transport = new TlsTransport(
            change is null ? options : change(options),
            new FakeSigner(number),
            new FakeVerifier(),
            key => Nodes.Contains(key) && !Banned.ContainsKey(key),
            _certificate,
            refused => Refusals.Tell(refused),
            time ?? TimeProvider.System);
        Key = FakeSigner.KeyOf(number);
        Transport.Start(Inbox);
    }

    public TlsTransport Transport { get; }

    public PublicKey Key { get; }

    public Inbox Inbox { get; } = new();

    public Inbox Refusals { get; } = new();

    public ConcurrentDictionary<PublicKey, bool> Banned { get; } = new();

    public IPEndPoint EndPoint => Transport.ListenEndPoint!;

    public PeerAddress Address => PeerAddress.Of(EndPoint);

    public KnownPeer AsPeer => new(Key, [Address]);

    public static TransportOptions Options() => new()
    {
        ChainId = Chain,
        Listen = new IPEndPoint(IPAddress.Loopback, 0),
        ReconnectMin = TimeSpan.FromMilliseconds(10),
        ReconnectMax = TimeSpan.FromMilliseconds(200),
        HeartbeatInterval = TimeSpan.FromMilliseconds(200),
        AcceptablePause = TimeSpan.FromSeconds(20),
        HelloTimeout = TimeSpan.FromSeconds(20),
    };

    public async Task<ConnectionRefused> ExpectRefusalAsync(RefusalReason reason) =>
        await Refusals.ExpectAsync<ConnectionRefused>(refused => refused.Reason == reason);

    public async Task ConnectToAsync(TestNode other)
    {
        Transport.Dial(other.AsPeer);
        await Inbox.ExpectAsync<PeerConnected>(m => m.Peer == other.Key);
        await other.Inbox.ExpectAsync<PeerConnected>(m => m.Peer == Key);
    }

    public LinkStats StatsOf(TestNode other) => Transport.Snapshot().Single(link => link.Peer == other.Key);

    public async ValueTask DisposeAsync()
    {
        await Transport.DisposeAsync();
        _certificate.Dispose();
    }
}
