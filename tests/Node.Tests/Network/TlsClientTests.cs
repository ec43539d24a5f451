using System;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading.Tasks;
using EnergyNode.Actors.Ports;
using EnergyNode.Ledger;
using EnergyNode.Node.Network;
using Xunit;

namespace EnergyNode.Node.Tests.Network;

public sealed class TlsClientTests : IDisposable
{
    private readonly NodeCertificate _certificate = NodeCertificate.Create();

    [Fact]
    public async Task A_client_learns_which_node_it_talks_to_and_frames_go_both_ways_in_order()
    {
        const int count = 3_000;
        await using TestNode node = new(1);
        await using TlsClient client = await ConnectAsync(node, 100);
        Assert.Equal((node.Key, PeerRole.Validator), (client.Node, client.NodeRole));
        PeerConnected connected = await node.Inbox.ExpectAsync<PeerConnected>();
        Assert.Equal((FakeSigner.KeyOf(100), PeerRole.Client), (connected.Peer, connected.Role));
        for (int i = 0; i < count; i++)
        {
            await client.SendAsync(FrameKind.Submit, BitConverter.GetBytes(i));
            Assert.True(node.Transport.Send(connected.Peer, FrameKind.Receipts, BitConverter.GetBytes(i)));
        }

        for (int i = 0; i < count; i++)
        {
            FrameReceived atNode = await node.Inbox.ExpectAsync<FrameReceived>();
            Assert.Equal((FrameKind.Submit, PeerRole.Client), (atNode.Kind, atNode.Role));
            Assert.Equal(i, BitConverter.ToInt32(atNode.Payload.Span));
            ReceivedFrame atClient = await client.Frames.ReadAsync().AsTask().WaitAsync(Inbox.Patience);
            Assert.Equal((FrameKind.Receipts, i), (atClient.Kind, BitConverter.ToInt32(atClient.Payload.Span)));
        }
    }

    [Fact]
    public async Task A_client_can_insist_on_a_key()
    {
        await using TestNode node = new(1);
        await using TlsClient content = await ConnectAsync(node, 100, expected: node.Key);
        await AssertRefusedAsync(RefusalReason.UnexpectedKey, () => ConnectAsync(node, 101, FakeSigner.KeyOf(2)));
        await node.ExpectRefusalAsync(RefusalReason.RefusedByPeer);
    }

    [Fact]
    public async Task A_client_of_another_chain_is_told_so()
    {
        await using TestNode node = new(1);
        await AssertRefusedAsync(
            RefusalReason.WrongChain, () => ConnectAsync(node, 100, change: o => o with { ChainId = "other" }));
        await node.ExpectRefusalAsync(RefusalReason.WrongChain);
    }

    [Fact]
    public async Task Clients_are_bounded_and_a_leaving_one_makes_room()
    {
        await using TestNode node = new(1, o => o with { MaxClients = 2 });
        TlsClient first = await ConnectAsync(node, 100);
        await using TlsClient second = await ConnectAsync(node, 101);
        ConnectionRefusedException refused =
            await AssertRefusedAsync(RefusalReason.RefusedByPeer, () => ConnectAsync(node, 102));
        Assert.Equal("refused by the other side: too many clients are connected", refused.Message);
        Assert.Equal(
            FakeSigner.KeyOf(102), (await node.ExpectRefusalAsync(RefusalReason.TooManyClients)).Key);
        await first.DisposeAsync();
        await node.Inbox.ExpectAsync<PeerDisconnected>();
        await using TlsClient third = await ConnectAsync(node, 102);
    }

    [Fact]
    public async Task A_client_that_connects_again_replaces_its_older_connection_even_when_all_places_are_taken()
    {
        await using TestNode node = new(1, o => o with { MaxClients = 1 });
        await using TlsClient older = await ConnectAsync(node, 100);
        await using TlsClient newer = await ConnectAsync(node, 100);
        Assert.Equal("replaced by a newer connection", (await node.Inbox.ExpectAsync<PeerDisconnected>()).Reason);
        string reason = await older.Closed.WaitAsync(Inbox.Patience);
        Assert.True(reason is "closed by the peer" or "reset by the peer", reason);
        await older.Frames.Completion.WaitAsync(Inbox.Patience);
        await newer.SendAsync(FrameKind.Query, new byte[1]);
        await node.Inbox.ExpectAsync<FrameReceived>();
        IOException e = await Assert.ThrowsAsync<IOException>(
            async () => await older.SendAsync(FrameKind.Query, new byte[1]));
        Assert.Equal("The connection to the node is closed: " + reason, e.Message);
    }

    [Fact]
    public async Task What_a_closing_client_has_sent_arrives()
    {
        const int count = 500;
        await using TestNode node = new(1);
        TlsClient client = await ConnectAsync(node, 100);
        for (int i = 0; i < count; i++)
        {
            await client.SendAsync(FrameKind.Submit, new byte[1_000]);
        }

        await client.DisposeAsync();
        Assert.Equal("closed by the peer", (await node.Inbox.ExpectAsync<PeerDisconnected>()).Reason);
        Assert.Equal(count, node.Inbox.Count<FrameReceived>());
    }

    [Fact]
    public async Task A_client_that_does_not_read_its_answers_closes_promptly_all_the_same()
    {
        await using TestNode node = new(1);
        TlsClient client = await ConnectAsync(node, 100);
        for (int i = 0; i < 2 * NetworkLimits.ClientInboxFrames; i++)
        {
            node.Transport.Send(FakeSigner.KeyOf(100), FrameKind.Answer, new byte[100]);
        }

        await client.SendAsync(FrameKind.Query, new byte[1]);
        await node.Inbox.ExpectAsync<FrameReceived>();
        await client.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task A_client_frame_at_its_limit_passes_and_one_above_it_does_not()
    {
        await using TestNode node = new(1);
        await using TlsClient client = await ConnectAsync(node, 100);
        await client.SendAsync(FrameKind.Submit, new byte[NetworkLimits.ClientMaxFrameBytes - 1]);
        FrameReceived received = await node.Inbox.ExpectAsync<FrameReceived>();
        Assert.Equal(NetworkLimits.ClientMaxFrameBytes - 1, received.Payload.Length);
        await Assert.ThrowsAsync<ArgumentException>(
            async () => await client.SendAsync(FrameKind.Submit, new byte[NetworkLimits.ClientMaxFrameBytes]));
        await using TlsClient rude = await ConnectAsync(
            node, 101, change: o => o with { ClientMaxFrameBytes = NetworkLimits.MaxFrameBytes });
        await rude.SendAsync(FrameKind.Submit, new byte[NetworkLimits.ClientMaxFrameBytes]);
        PeerDisconnected gone = await node.Inbox.ExpectAsync<PeerDisconnected>();
        Assert.Equal("sent a frame of 524289 bytes, allowed are 524288", gone.Reason);
    }

    [Fact]
    public async Task Nothing_at_the_address_is_said_plainly()
    {
        using Socket reserved = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        reserved.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        PeerAddress nowhere = PeerAddress.Of((IPEndPoint)reserved.LocalEndPoint!);
        ConnectionRefusedException e =
            await AssertRefusedAsync(RefusalReason.Unreachable, () => ConnectAsync(nowhere, 100, null, null));
        Assert.StartsWith($"nothing answers at {nowhere}: ", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_idle_client_stays_connected_through_heartbeats()
    {
        await using TestNode node = new(1, o => o with { AcceptablePause = TimeSpan.FromSeconds(2) });
        await using TlsClient client = await ConnectAsync(node, 100);
        long pings = 0;
        while (pings < 15)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100));
            pings = node.Transport.Snapshot().Single().FramesIn;
        }

        Assert.Equal(0, node.Inbox.Count<PeerDisconnected>());
        Assert.NotNull(client.Stats().RoundTrip);
    }

    public void Dispose() => _certificate.Dispose();

    private static async Task<ConnectionRefusedException> AssertRefusedAsync(
        RefusalReason reason, Func<Task<TlsClient>> connect)
    {
        ConnectionRefusedException e = await Assert.ThrowsAsync<ConnectionRefusedException>(connect);
        Assert.Equal(reason, e.Reason);
        return e;
    }

    private Task<TlsClient> ConnectAsync(
        TestNode node,
        byte number,
        PublicKey? expected = null,
        Func<TransportOptions, TransportOptions>? change = null) =>
        ConnectAsync(node.Address, number, expected, change);

    private Task<TlsClient> ConnectAsync(
        PeerAddress address, byte number, PublicKey? expected, Func<TransportOptions, TransportOptions>? change)
    {
        TransportOptions options = TestNode.Options();
        return TlsClient.ConnectAsync(
            change is null ? options : change(options),
            address,
            expected,
            new FakeSigner(number),
            new FakeVerifier(),
            _certificate,
            TimeProvider.System,
            default);
    }
}
