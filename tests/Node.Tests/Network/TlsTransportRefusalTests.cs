using System;
using System.Buffers.Binary;
using System.IO;
using System.Linq;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Threading.Tasks;
using EnergyNode.Actors.Ports;
using EnergyNode.Ledger;
using EnergyNode.Node.Network;
using Xunit;

namespace EnergyNode.Node.Tests.Network;

/// <summary>Whatever a stranger sends: it is refused, reported, and the transport goes on serving others.</summary>
public sealed class TlsTransportRefusalTests
{
    [Fact]
    public async Task Garbage_instead_of_TLS_is_refused()
    {
        await using TestNode node = new(1);
        using Socket socket = await RawPeer.SocketToAsync(node.EndPoint);
        await socket.SendAsync("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"u8.ToArray());
        await node.ExpectRefusalAsync(RefusalReason.TlsFailed);
        await AssertServesAsync(node);
    }

    [Fact]
    public async Task A_connection_that_closes_during_TLS_is_refused()
    {
        await using TestNode node = new(1);
        using (Socket socket = await RawPeer.SocketToAsync(node.EndPoint))
        {
            await socket.SendAsync(new byte[] { 22, 3, 1 });
        }

        await node.ExpectRefusalAsync(RefusalReason.ConnectionLost);
        await AssertServesAsync(node);
    }

    [Fact]
    public async Task TLS_without_a_client_certificate_is_refused()
    {
        await using TestNode node = new(1);
        using Socket socket = await RawPeer.SocketToAsync(node.EndPoint);
        await using SslStream stream = new(new NetworkStream(socket));
        SslClientAuthenticationOptions options = new()
        {
            TargetHost = "node",
            RemoteCertificateValidationCallback = (_, _, _, _) => true,
        };
        await stream.AuthenticateAsClientAsync(options);
        await node.ExpectRefusalAsync(RefusalReason.TlsFailed);
        await AssertServesAsync(node);
    }

    [Fact]
    public async Task TLS_below_1_3_is_refused()
    {
        await using TestNode node = new(1);
        using NodeCertificate certificate = NodeCertificate.Create();
        using Socket socket = await RawPeer.SocketToAsync(node.EndPoint);
        await using SslStream stream = new(new NetworkStream(socket));
        SslClientAuthenticationOptions options = new()
        {
            TargetHost = "node",
            EnabledSslProtocols = SslProtocols.Tls12,
            ClientCertificateContext = certificate.Context,
            RemoteCertificateValidationCallback = (_, _, _, _) => true,
        };
        await Assert.ThrowsAnyAsync<Exception>(() => stream.AuthenticateAsClientAsync(options));
        await node.ExpectRefusalAsync(RefusalReason.TlsFailed);
        await AssertServesAsync(node);
    }

    [Fact]
    public async Task Silence_instead_of_a_hello_is_refused()
    {
        await using TestNode node = new(1, o => o with { HelloTimeout = TimeSpan.FromSeconds(1) });
        await using RawPeer peer = await RawPeer.DialAsync(node);
        using Socket mute = await RawPeer.SocketToAsync(node.EndPoint);
        await node.ExpectRefusalAsync(RefusalReason.HelloTimedOut);
        await node.ExpectRefusalAsync(RefusalReason.HelloTimedOut);
        Assert.Equal(0, node.Inbox.Count<PeerConnected>());
    }

    [Fact]
    public async Task A_hello_for_another_chain_is_refused() =>
        await AssertRefusedAsync(RefusalReason.WrongChain, peer => peer.HelloOf(2) with { ChainId = "other-chain" });

    [Fact]
    public async Task A_forged_signature_is_refused_and_its_claimed_key_is_not_blamed() =>
        await AssertRefusedAsync(RefusalReason.BadSignature, peer => peer.HelloOf(2), signer: 66, proved: false);

    [Fact]
    public async Task An_unknown_validator_is_refused() =>
        await AssertRefusedAsync(RefusalReason.UnknownNode, peer => peer.HelloOf(77), signer: 77, proved: true);

    [Fact]
    public async Task An_unknown_observer_is_refused() =>
        await AssertRefusedAsync(
            RefusalReason.UnknownNode, peer => peer.HelloOf(77, PeerRole.Observer), signer: 77, proved: true);

    [Fact]
    public async Task A_client_with_a_nodes_key_is_refused() =>
        await AssertRefusedAsync(
            RefusalReason.RoleNotAllowed, peer => peer.HelloOf(2, PeerRole.Client), proved: true);

    [Fact]
    public async Task The_nodes_own_key_is_refused() =>
        await AssertRefusedAsync(RefusalReason.OwnKey, peer => peer.HelloOf(1), signer: 1, proved: true);

    [Fact]
    public async Task A_hello_replayed_on_another_TLS_session_is_refused()
    {
        await using TestNode node = new(1);
        await using RawPeer honest = await RawPeer.DialAsync(node);
        byte[] recorded = honest.HelloOf(2).Sign(new FakeSigner(2));
        await using RawPeer thief = await RawPeer.DialAsync(node);
        await thief.SendAsync(0, recorded);
        await thief.ReadAsync();
        Assert.Equal((byte)RefusalReason.CertificateMismatch, await thief.ReadVerdictAsync());
        Assert.Null((await node.ExpectRefusalAsync(RefusalReason.CertificateMismatch)).Key);
        await AssertServesAsync(node);
    }

    [Fact]
    public async Task A_hello_relayed_to_a_second_node_is_refused()
    {
        await using TestNode first = new(1);
        await using TestNode second = new(2);
        await using RawPeer toFirst = await RawPeer.DialAsync(first);
        await using RawPeer toSecond = await RawPeer.DialAsync(second);
        byte[] helloOfFirst = (await toFirst.ReadAsync()).Payload;
        await toSecond.SendAsync(0, helloOfFirst);
        await second.ExpectRefusalAsync(RefusalReason.CertificateMismatch);
        await AssertServesAsync(second);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(NetworkLimits.MaxHelloBytes)]
    public async Task A_hello_that_cannot_be_read_is_refused(int size)
    {
        await using TestNode node = new(1);
        await using RawPeer peer = await RawPeer.DialAsync(node);
        byte[] payload = new byte[size];
        payload.AsSpan(0, Math.Min(1, size)).Fill(1);
        await peer.SendAsync(0, payload);
        await peer.ReadAsync();
        Assert.Equal((byte)RefusalReason.MalformedHello, await peer.ReadVerdictAsync());
        await node.ExpectRefusalAsync(RefusalReason.MalformedHello);
        await AssertServesAsync(node);
    }

    [Fact]
    public async Task Another_version_is_refused()
    {
        await using TestNode node = new(1);
        await using RawPeer peer = await RawPeer.DialAsync(node);
        byte[] payload = peer.HelloOf(2).Sign(new FakeSigner(2));
        payload[0]++;
        await peer.SendAsync(0, payload);
        await node.ExpectRefusalAsync(RefusalReason.WrongVersion);
        await AssertServesAsync(node);
    }

    [Fact]
    public async Task Another_node_at_a_dialled_address_is_refused()
    {
        await using TestNode a = new(1);
        await using TestNode b = new(2);
        a.Transport.Dial(new KnownPeer(FakeSigner.KeyOf(3), [b.Address]));
        await a.ExpectRefusalAsync(RefusalReason.UnexpectedKey);
        Assert.Equal(0, a.Inbox.Count<PeerConnected>());
    }

    [Theory]
    [InlineData(0, "sent a frame without a kind")]
    [InlineData(NetworkLimits.MaxFrameBytes + 1, "sent a frame of 4194305 bytes, allowed are 4194304")]
    [InlineData(uint.MaxValue, "sent a frame of 4294967295 bytes, allowed are 4194304")]
    public async Task A_frame_of_a_forbidden_length_ends_the_link_before_its_payload_is_read(uint length, string reason)
    {
        byte[] header = new byte[NetworkLimits.FrameHeaderBytes];
        BinaryPrimitives.WriteUInt32LittleEndian(header, length);
        header[4] = (byte)FrameKind.Blocks;
        await AssertDisconnectedAsync(header, reason);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    [InlineData(255)]
    public async Task A_frame_of_an_unknown_kind_ends_the_link(byte kind) =>
        await AssertDisconnectedAsync(FrameFormat.Whole(kind, [1, 2, 3]), $"sent a frame of the unknown kind {kind}");

    [Fact]
    public async Task A_ping_of_a_wrong_size_ends_the_link() =>
        await AssertDisconnectedAsync(
            FrameFormat.Whole((byte)FrameKind.Ping, [1, 2, 3]), "sent a ping or pong of 3 bytes");

    [Fact]
    public async Task A_peer_that_falls_silent_is_disconnected()
    {
        await using TestNode node = new(1, o => o with { AcceptablePause = TimeSpan.FromMilliseconds(600) });
        await using RawPeer peer = await RawPeer.DialAsync(node);
        await peer.JoinAsync(2);
        PeerDisconnected gone = await node.Inbox.ExpectAsync<PeerDisconnected>();
        Assert.Matches(@"^silent for \d+ ms$", gone.Reason);
        await AssertServesAsync(node);
    }

    [Fact]
    public async Task Connections_in_their_handshake_are_bounded()
    {
        await using TestNode node = new(1, o => o with { MaxPendingPerAddress = 2 });
        using Socket one = await RawPeer.SocketToAsync(node.EndPoint);
        using Socket two = await RawPeer.SocketToAsync(node.EndPoint);
        await Record.ExceptionAsync(() => RawPeer.SocketToAsync(node.EndPoint));
        await node.ExpectRefusalAsync(RefusalReason.TooManyHandshakes);
        one.Close();
        two.Close();
        await node.Refusals.ExpectAsync<ConnectionRefused>();
        await node.Refusals.ExpectAsync<ConnectionRefused>();
        await AssertServesAsync(node);
    }

    private static async Task AssertRefusedAsync(
        RefusalReason reason, Func<RawPeer, Hello> make, byte signer = 2, bool proved = false)
    {
        await using TestNode node = new(1);
        await using RawPeer peer = await RawPeer.DialAsync(node);
        Hello hello = make(peer);
        await peer.SendHelloAsync(hello, signer);
        await peer.ReadAsync();
        Assert.Equal((byte)reason, await peer.ReadVerdictAsync());
        ConnectionRefused refused = await node.ExpectRefusalAsync(reason);
        Assert.Equal(proved ? hello.Key : (PublicKey?)null, refused.Key);
        await Assert.ThrowsAsync<EndOfStreamException>(peer.ReadAsync);
        Assert.Equal(0, node.Inbox.Count<PeerConnected>());
        await AssertServesAsync(node);
    }

    private static async Task AssertDisconnectedAsync(byte[] bytes, string reason)
    {
        await using TestNode node = new(1);
        await using RawPeer peer = await RawPeer.DialAsync(node);
        await peer.JoinAsync(2);
        await peer.Session.Stream.WriteAsync(bytes);
        PeerDisconnected gone = await node.Inbox.ExpectAsync<PeerDisconnected>();
        Assert.Equal((FakeSigner.KeyOf(2), reason), (gone.Peer, gone.Reason));
        Assert.Equal(0, node.Inbox.Count<FrameReceived>());
        await AssertServesAsync(node);
    }

    private static async Task AssertServesAsync(TestNode node)
    {
        await using TestNode other = new(5);
        await other.ConnectToAsync(node);
        Assert.True(other.Transport.Send(node.Key, FrameKind.Consensus, new byte[] { 1 }));
        Assert.Equal(other.Key, (await node.Inbox.ExpectAsync<FrameReceived>()).Peer);
        Assert.Equal(other.Key, node.Transport.Snapshot().Single(link => link.Peer == other.Key).Peer);
    }
}
