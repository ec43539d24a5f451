using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using EnergyNode.Actors.Ports;
using EnergyNode.Node.Network;
using Xunit;

namespace EnergyNode.Node.Tests.Network;

/// <summary>Priorities, bounds, back-pressure: what happens when a link is busy.</summary>
public sealed class TlsTransportFlowTests
{
    private const int BulkBytes = 1024 * 1024;

    [Fact]
    public async Task Votes_overtake_queued_bulk()
    {
        await using TestNode node = new(1);
        await using RawPeer peer = await RawPeer.DialAsync(node);
        await peer.JoinAsync(2);
        await node.Inbox.ExpectAsync<PeerConnected>();
        int bulk = await FillAsync(node, FrameKind.Blocks);
        Assert.True(node.Transport.Send(FakeSigner.KeyOf(2), FrameKind.Consensus, new byte[] { 42 }));
        List<FrameKind> order = [];
        while (order.Count < bulk + 1)
        {
            FrameKind kind = (FrameKind)(await peer.ReadAsync()).Kind;
            if (kind != FrameKind.Ping)
            {
                order.Add(kind);
            }
        }

        // What the kernels hold goes first; of the sixteen frames that waited here, at least ten were overtaken.
        Assert.InRange(order.IndexOf(FrameKind.Consensus), 0, bulk - 10);
    }

    [Fact]
    public async Task A_full_queue_drops_the_newest_and_keeps_room_for_votes()
    {
        await using TestNode node = new(1);
        await using RawPeer peer = await RawPeer.DialAsync(node);
        await peer.JoinAsync(2);
        await node.Inbox.ExpectAsync<PeerConnected>();
        await FillAsync(node, FrameKind.Batches);
        LinkStats stats = node.Transport.Snapshot().Single();
        Assert.InRange(stats.BytesQueued, NetworkLimits.QueueBytes / 2, NetworkLimits.QueueBytes + 1000);
        Assert.True(stats.FramesDropped > 0);
        Assert.True(node.Transport.Send(FakeSigner.KeyOf(2), FrameKind.Consensus, new byte[BulkBytes]));
    }

    [Fact]
    public async Task A_peer_that_does_not_read_blocks_nobody_else()
    {
        await using TestNode node = new(1);
        await using RawPeer stuck = await RawPeer.DialAsync(node);
        await stuck.JoinAsync(2);
        await using TestNode other = new(3);
        await other.ConnectToAsync(node);
        await FillAsync(node, FrameKind.Blocks);
        for (int i = 0; i < 100; i++)
        {
            Assert.True(node.Transport.Send(other.Key, FrameKind.Batches, new byte[1000]));
            await other.Inbox.ExpectAsync<FrameReceived>();
        }
    }

    [Fact]
    public async Task A_peer_that_sends_heartbeats_but_takes_no_data_is_disconnected()
    {
        await using TestNode node = new(1, o => o with { WriteStallTimeout = TimeSpan.FromMilliseconds(500) });
        await using RawPeer stuck = await RawPeer.DialAsync(node);
        await stuck.JoinAsync(2);
        await node.Inbox.ExpectAsync<PeerConnected>();
        await FillAsync(node, FrameKind.Blocks);
        Assert.Matches(@"^took no data for \d+ ms$", (await node.Inbox.ExpectAsync<PeerDisconnected>()).Reason);
    }

    [Fact]
    public async Task Reading_is_held_to_the_quota_without_counting_as_silence()
    {
        const int bytesPerSecond = 100_000;
        const int sent = 250_000;
        await using TestNode a = new(1);
        await using TestNode b = new(2, o => o with
        {
            NodeQuota = new RateQuota(bytesPerSecond, 1_000),
            AcceptablePause = TimeSpan.FromMilliseconds(700),
        });
        await a.ConnectToAsync(b);
        long start = TimeProvider.System.GetTimestamp();
        Assert.True(a.Transport.Send(b.Key, FrameKind.Blocks, new byte[sent]));
        Assert.True(a.Transport.Send(b.Key, FrameKind.Blocks, new byte[1]));
        await b.Inbox.ExpectAsync<FrameReceived>();
        await b.Inbox.ExpectAsync<FrameReceived>();
        TimeSpan took = TimeProvider.System.GetElapsedTime(start);
        Assert.True(took >= TimeSpan.FromSeconds(1.4), $"{sent} bytes came through in {took}");
        Assert.True(b.StatsOf(a).Throttled >= TimeSpan.FromSeconds(1.4));
        Assert.Equal(0, b.Inbox.Count<PeerDisconnected>());
    }

    [Fact]
    public async Task Silence_is_counted_from_the_end_of_a_throttle()
    {
        await using TestNode node = new(1, o => o with
        {
            NodeQuota = new RateQuota(100_000, 1_000),
            AcceptablePause = TimeSpan.FromMilliseconds(500),
        });
        await using RawPeer peer = await RawPeer.DialAsync(node);
        await peer.JoinAsync(2);
        await peer.SendAsync((byte)FrameKind.Blocks, new byte[400_000]);
        string reason = (await node.Inbox.ExpectAsync<PeerDisconnected>()).Reason;
        Assert.Matches(@"^silent for \d+ ms$", reason);
        Assert.InRange(int.Parse(reason.Split(' ')[2], CultureInfo.InvariantCulture), 500, 2_500);
    }

    [Fact]
    public async Task A_flood_of_small_frames_is_held_to_the_quota()
    {
        await using TestNode a = new(1);
        await using TestNode b = new(2, o => o with { NodeQuota = new RateQuota(1_000_000, 100) });
        await a.ConnectToAsync(b);
        long start = TimeProvider.System.GetTimestamp();
        for (int i = 0; i < 250; i++)
        {
            Assert.True(a.Transport.Send(b.Key, FrameKind.Query, ReadOnlyMemory<byte>.Empty));
        }

        for (int i = 0; i < 250; i++)
        {
            await b.Inbox.ExpectAsync<FrameReceived>();
        }

        Assert.True(TimeProvider.System.GetElapsedTime(start) >= TimeSpan.FromSeconds(1.2));
    }

    /// <summary>Sends bulk to peer 2 until the queue stays full, which it does when the kernels are full too.</summary>
    private static async Task<int> FillAsync(TestNode node, FrameKind kind)
    {
        int accepted = 0;
        long written = -1;
        while (true)
        {
            while (node.Transport.Send(FakeSigner.KeyOf(2), kind, new byte[BulkBytes]))
            {
                accepted++;
            }

            // Between two looks a heartbeat's time passes, in which a link that can write does.
            await Task.Delay(TimeSpan.FromMilliseconds(200));
            LinkStats? stats = node.Transport.Snapshot().SingleOrDefault(link => link.Peer == FakeSigner.KeyOf(2));
            if (stats is null || stats.BytesOut == written)
            {
                return accepted;
            }

            written = stats.BytesOut;
        }
    }
}
