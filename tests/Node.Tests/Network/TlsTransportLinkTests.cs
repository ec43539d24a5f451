using System;
using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading.Tasks;
using EnergyNode.Actors.Ports;
using EnergyNode.Node.Network;
using Xunit;

namespace EnergyNode.Node.Tests.Network;

public sealed class TlsTransportLinkTests
{
    [Fact]
    public async Task Two_nodes_exchange_frames_both_ways_in_order()
    {
        const int count = 2_000;
        await using TestNode a = new(1);
        await using TestNode b = new(2);
        await a.ConnectToAsync(b);
        for (int i = 0; i < count; i++)
        {
            Assert.True(a.Transport.Send(b.Key, FrameKind.Consensus, Number(i)));
            Assert.True(b.Transport.Send(a.Key, FrameKind.Batches, Number(i)));
        }

        for (int i = 0; i < count; i++)
        {
            FrameReceived atB = await b.Inbox.ExpectAsync<FrameReceived>();
            Assert.Equal((a.Key, PeerRole.Validator, FrameKind.Consensus), (atB.Peer, atB.Role, atB.Kind));
            Assert.Equal(i, BinaryPrimitives.ReadInt32LittleEndian(atB.Payload.Span));
            FrameReceived atA = await a.Inbox.ExpectAsync<FrameReceived>();
            Assert.Equal((b.Key, FrameKind.Batches), (atA.Peer, atA.Kind));
            Assert.Equal(i, BinaryPrimitives.ReadInt32LittleEndian(atA.Payload.Span));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(NetworkLimits.WriteBufferBytes - NetworkLimits.FrameHeaderBytes)]
    [InlineData(NetworkLimits.WriteBufferBytes - NetworkLimits.FrameHeaderBytes + 1)]
    [InlineData(NetworkLimits.MaxFrameBytes - 1)]
    public async Task Frames_of_every_size_arrive_whole(int size)
    {
        await using TestNode a = new(1);
        await using TestNode b = new(2);
        await a.ConnectToAsync(b);
        byte[] payload = new byte[size];
        new Random(size).NextBytes(payload);
        Assert.True(a.Transport.Send(b.Key, FrameKind.Blocks, payload));
        Assert.True(a.Transport.Send(b.Key, FrameKind.Blocks, Number(7)));
        FrameReceived received = await b.Inbox.ExpectAsync<FrameReceived>();
        Assert.True(payload.AsSpan().SequenceEqual(received.Payload.Span));
        Assert.Equal(4, (await b.Inbox.ExpectAsync<FrameReceived>()).Payload.Length);
    }

    [Fact]
    public async Task A_frame_to_a_stranger_or_above_the_limit_is_dropped()
    {
        await using TestNode a = new(1);
        await using TestNode b = new(2);
        await a.ConnectToAsync(b);
        Assert.False(a.Transport.Send(FakeSigner.KeyOf(3), FrameKind.Consensus, Number(1)));
        Assert.False(a.Transport.Send(b.Key, FrameKind.Blocks, new byte[NetworkLimits.MaxFrameBytes]));
        Assert.Equal(1, a.StatsOf(b).FramesDropped);
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 1)]
    public async Task Dialling_from_both_sides_leaves_exactly_one_link(byte first, byte second)
    {
        for (int round = 0; round < 10; round++)
        {
            await using TestNode a = new(first);
            await using TestNode b = new(second);
            a.Transport.Dial(b.AsPeer);
            b.Transport.Dial(a.AsPeer);
            await a.Inbox.ExpectAsync<PeerConnected>();
            await b.Inbox.ExpectAsync<PeerConnected>();

            // The other dial is refused now, or was; ten answered questions later nothing may have come of it.
            for (int i = 0; i < 10; i++)
            {
                Assert.True(a.Transport.Send(b.Key, FrameKind.Query, Number(i)));
                await b.Inbox.ExpectAsync<FrameReceived>();
                Assert.True(b.Transport.Send(a.Key, FrameKind.Answer, Number(i)));
                await a.Inbox.ExpectAsync<FrameReceived>();
            }

            Assert.Equal((1, 1), (a.Inbox.Count<PeerConnected>(), b.Inbox.Count<PeerConnected>()));
            Assert.Equal((0, 0), (a.Inbox.Count<PeerDisconnected>(), b.Inbox.Count<PeerDisconnected>()));
        }
    }

    [Fact]
    public async Task The_smaller_key_refuses_a_second_connection_and_keeps_the_first()
    {
        await using TestNode node = new(1);
        await using RawPeer first = await RawPeer.DialAsync(node);
        await first.JoinAsync(2);
        await using RawPeer second = await RawPeer.DialAsync(node);
        await second.SendHelloAsync(second.HelloOf(2), 2);
        await second.ReadAsync();
        await second.SendAsync(0, [0]);
        Assert.Equal((byte)RefusalReason.Duplicate, await second.ReadVerdictAsync());
        await first.SendAsync((byte)FrameKind.Query, [1]);
        await node.Inbox.ExpectAsync<FrameReceived>();
        Assert.Equal((1, 0), (node.Inbox.Count<PeerConnected>(), node.Inbox.Count<PeerDisconnected>()));
    }

    [Fact]
    public async Task The_larger_key_replaces_its_link_when_the_smaller_one_welcomes_another()
    {
        await using TestNode node = new(2);
        await using RawPeer first = await RawPeer.DialAsync(node);
        await JoinAsDeciderAsync(first);
        await node.Inbox.ExpectAsync<PeerConnected>();
        await using RawPeer second = await RawPeer.DialAsync(node);
        await JoinAsDeciderAsync(second);
        Assert.Equal("replaced by a newer connection", (await node.Inbox.ExpectAsync<PeerDisconnected>()).Reason);
        await node.Inbox.ExpectAsync<PeerConnected>();
        await second.SendAsync((byte)FrameKind.Query, [1]);
        await node.Inbox.ExpectAsync<FrameReceived>();
        Assert.Single(node.Transport.Snapshot());

        static async Task JoinAsDeciderAsync(RawPeer peer)
        {
            await peer.SendHelloAsync(peer.HelloOf(1), 1);
            await peer.ReadAsync();
            Assert.Equal(0, await peer.ReadVerdictAsync());
            await peer.SendAsync(0, [0]);
        }
    }

    [Fact]
    public async Task A_link_comes_back_when_the_peer_restarts()
    {
        await using TestNode a = new(2);
        TestNode b = new(1);
        IPEndPoint endPoint = b.EndPoint;
        await a.ConnectToAsync(b);
        await b.DisposeAsync();
        PeerDisconnected gone = await a.Inbox.ExpectAsync<PeerDisconnected>();
        Assert.Equal(b.Key, gone.Peer);
        Assert.False(a.Transport.Send(b.Key, FrameKind.Consensus, Number(1)));
        await using TestNode reborn = new(1, o => o with { Listen = endPoint });
        await a.Inbox.ExpectAsync<PeerConnected>();
        await reborn.Inbox.ExpectAsync<PeerConnected>();
        Assert.True(a.Transport.Send(b.Key, FrameKind.Consensus, Number(2)));
        await reborn.Inbox.ExpectAsync<FrameReceived>();
    }

    [Fact]
    public async Task A_peer_whose_process_dies_is_reported_at_once()
    {
        await using TestNode node = new(1);
        await using RawPeer peer = await RawPeer.DialAsync(node);
        await peer.JoinAsync(2);
        await node.Inbox.ExpectAsync<PeerConnected>();
        peer.Socket.Close(timeout: 0);
        PeerDisconnected gone = await node.Inbox.ExpectAsync<PeerDisconnected>();
        Assert.Equal((FakeSigner.KeyOf(2), "reset by the peer"), (gone.Peer, gone.Reason));
    }

    [Fact]
    public async Task Of_several_addresses_the_one_that_answers_is_used()
    {
        await using TestNode a = new(1);
        await using TestNode b = new(2);
        using Socket reserved = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        reserved.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        PeerAddress dead = PeerAddress.Of((IPEndPoint)reserved.LocalEndPoint!);
        ImmutableArray<PeerAddress> addresses = [dead, new PeerAddress("localhost", b.EndPoint.Port)];
        a.Transport.Dial(new KnownPeer(b.Key, addresses));
        PeerConnected connected = await a.Inbox.ExpectAsync<PeerConnected>();
        Assert.Equal("localhost:" + b.EndPoint.Port, connected.Address);
        Assert.Equal(a.Address.ToString(), (await b.Inbox.ExpectAsync<PeerConnected>()).Address);
        Assert.Equal(dead.ToString(), (await a.ExpectRefusalAsync(RefusalReason.Unreachable)).Address);
    }

    [Fact]
    public async Task Nodes_meet_over_IPv6_and_over_a_wildcard_that_takes_both_families()
    {
        if (!Socket.OSSupportsIPv6)
        {
            return;
        }

        await using TestNode six = new(1, o => o with { Listen = new IPEndPoint(IPAddress.IPv6Loopback, 0) });
        await using TestNode both = new(2, o => o with { Listen = new IPEndPoint(IPAddress.IPv6Any, 0) });
        await both.ConnectToAsync(six);
        Assert.Equal(six.Address.ToString(), both.StatsOf(six).Address);
        Assert.StartsWith("[::1]:", six.StatsOf(both).Address, StringComparison.Ordinal);
        await using TestNode four = new(3);
        four.Transport.Dial(new KnownPeer(both.Key, [new PeerAddress("127.0.0.1", both.EndPoint.Port)]));
        await four.Inbox.ExpectAsync<PeerConnected>();
    }

    [Fact]
    public async Task A_used_port_gives_one_line_that_says_what_to_do()
    {
        await using TestNode a = new(1);
        ListenException e = Assert.Throws<ListenException>(() => new TestNode(2, o => o with { Listen = a.EndPoint }));
        Assert.Contains("the port is in use. Stop the program", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', e.Message);
    }

    [Fact]
    public async Task Disposal_closes_everything_reports_it_once_and_frees_the_port()
    {
        TestNode a = new(1, o => o with { Peers = [new KnownPeer(FakeSigner.KeyOf(9), [new("127.0.0.1", 1)])] });
        IPEndPoint endPoint = a.EndPoint;
        await using TestNode b = new(2);
        await b.ConnectToAsync(a);
        await using RawPeer halfway = await RawPeer.DialAsync(a);
        await a.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(10));
        Assert.Equal("this node is stopping", (await a.Inbox.ExpectAsync<PeerDisconnected>()).Reason);
        Assert.Equal(1, a.Inbox.Count<PeerDisconnected>());
        await b.Inbox.ExpectAsync<PeerDisconnected>();
        Assert.Empty(a.Transport.Snapshot());
        await using TestNode next = new(1, o => o with { Listen = endPoint });
        Assert.Equal(endPoint, next.EndPoint);
    }

    [Fact]
    public async Task It_stops_quietly_at_the_moment_in_which_somebody_connects()
    {
        const int Stops = 200;
        for (int i = 0; i < Stops; i++)
        {
            TestNode node = new(1);
            using Socket stranger = await RawPeer.SocketToAsync(node.EndPoint);
            await node.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_rotated_certificate_serves_new_links_and_leaves_old_ones_up()
    {
        await using TestNode a = new(1);
        await using TestNode b = new(2);
        await using TestNode c = new(3);
        await a.ConnectToAsync(b);
        using NodeCertificate fresh = NodeCertificate.Create();
        a.Transport.RotateCertificate(fresh);
        await c.ConnectToAsync(a);
        await using RawPeer probe = await RawPeer.DialAsync(a);
        Assert.Equal(fresh.Hash, probe.Session.PeerCertificate);
        Assert.Equal(2, a.Transport.Snapshot().Count);
        Assert.Equal(0, a.Inbox.Count<PeerDisconnected>());
    }

    [Fact]
    public async Task A_node_that_loses_its_admission_is_disconnected()
    {
        await using TestNode a = new(1);
        await using TestNode b = new(2);
        await b.ConnectToAsync(a);
        a.Banned[b.Key] = true;
        Assert.Equal("no longer admitted", (await a.Inbox.ExpectAsync<PeerDisconnected>()).Reason);
        Assert.Equal(b.Key, (await a.ExpectRefusalAsync(RefusalReason.UnknownNode)).Key);
        Assert.Equal(
            "refused by the other side: the key is neither a validator's nor an admitted observer's",
            (await b.ExpectRefusalAsync(RefusalReason.RefusedByPeer)).Detail);
    }

    [Fact]
    public async Task Statistics_count_frames_and_measure_the_round_trip()
    {
        await using TestNode a = new(1);
        await using RawPeer peer = await RawPeer.DialAsync(a);
        await peer.JoinAsync(2);
        RawFrame ping = await peer.ReadAsync();
        Assert.Equal((byte)FrameKind.Ping, ping.Kind);
        await peer.SendAsync((byte)FrameKind.Pong, ping.Payload);
        await peer.SendAsync((byte)FrameKind.Query, new byte[95]);
        await a.Inbox.ExpectAsync<FrameReceived>();
        LinkStats stats = a.Transport.Snapshot().Single();
        Assert.NotNull(stats.RoundTrip);
        Assert.Equal((2, 13 + 100), (stats.FramesIn, stats.BytesIn));
        Assert.False(stats.Dialled);
    }

    private static byte[] Number(int value)
    {
        byte[] bytes = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        return bytes;
    }
}
