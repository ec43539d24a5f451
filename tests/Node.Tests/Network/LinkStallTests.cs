using System;
using System.Threading;
using System.Threading.Tasks;
using EnergyNode.Actors.Ports;
using EnergyNode.Node.Network;
using Xunit;

namespace EnergyNode.Node.Tests.Network;

/// <summary>A node that was stopped for a while does not blame its peers for it.</summary>
public sealed class LinkStallTests
{
    private static readonly TimeSpan Stall = NetworkLimits.FrameTimeout * 2;

    [Fact]
    public async Task A_stall_of_ones_own_ends_no_link_and_blames_nobody()
    {
        StoppedClock clock = new();
        await using TestNode node = new(1, time: clock);
        await using RawPeer peer = await RawPeer.DialAsync(node);
        await peer.JoinAsync(2);
        await node.Inbox.ExpectAsync<PeerConnected>();

        // A frame half received, one half sent (more than the kernel's buffers hold), and nothing heard since.
        byte[] incoming = FrameFormat.Whole((byte)FrameKind.Blocks, [1, 2, 3]);
        await peer.Session.Stream.WriteAsync(incoming.AsMemory(0, 4));
        byte[] outgoing = new byte[NetworkLimits.MaxFrameBytes - 1];
        for (int i = 0; i < 3; i++)
        {
            Assert.True(node.Transport.Send(FakeSigner.KeyOf(2), FrameKind.Blocks, outgoing));
        }

        await Task.Delay(TestNode.Options().HeartbeatInterval);
        clock.Jump(Stall);
        await Task.Delay(4 * TestNode.Options().HeartbeatInterval);
        await peer.Session.Stream.WriteAsync(incoming.AsMemory(4));
        Assert.Equal(3, (await node.Inbox.ExpectAsync<FrameReceived>()).Payload.Length);
        for (int large = 0; large < 3;)
        {
            large += (await peer.ReadAsync()).Payload.Length == outgoing.Length ? 1 : 0;
        }

        Assert.Equal(0, node.Inbox.Count<PeerDisconnected>());
        Assert.Equal(0, node.Inbox.Count<PeerViolated>());
    }

    /// <summary>The system's clock, by which a process can have been stopped.</summary>
    private sealed class StoppedClock : TimeProvider
    {
        private long _ahead;

        public override long GetTimestamp() => base.GetTimestamp() + Volatile.Read(ref _ahead);

        public void Jump(TimeSpan time) =>
            Interlocked.Add(ref _ahead, (long)(time.TotalSeconds * TimestampFrequency));
    }
}
