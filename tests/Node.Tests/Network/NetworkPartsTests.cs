using System;
using System.Buffers.Binary;
using System.IO;
using System.Linq;
using System.Net;
using System.Threading.Tasks;
using EnergyNode.Actors.Ports;
using EnergyNode.Ledger;
using EnergyNode.Node.Network;
using Xunit;

namespace EnergyNode.Node.Tests.Network;

/// <summary>The parts that need no socket.</summary>
public sealed class NetworkPartsTests
{
    [Fact]
    public void A_hello_has_the_bytes_that_the_specification_shows()
    {
        Hello hello = new(
            "gridtown-1",
            PeerRole.Observer,
            FakeSigner.KeyOf(0x11),
            Hash32.Of("own"u8),
            Hash32.Of("peer"u8),
            "[::1]:7000");
        byte[] bytes = hello.Sign(new FakeSigner(0x11));
        string expected = string.Concat(
            "0100",
            "0a000000" + Convert.ToHexStringLower("gridtown-1"u8),
            "01",
            string.Concat(Enumerable.Repeat("11", 32)),
            Hash32.Of("own"u8).ToString() + Hash32.Of("peer"u8),
            "0a000000" + Convert.ToHexStringLower("[::1]:7000"u8));
        Assert.Equal(expected, Convert.ToHexStringLower(bytes[..^Signature.Size]));
        byte[] signed = [.. "energynode/hello/1"u8, .. bytes[..^Signature.Size]];
        Assert.Equal(FakeSigner.Of(hello.Key, signed), new Signature(bytes.AsSpan(bytes.Length - Signature.Size)));
        Assert.Null(Hello.Decode(bytes, out Hello? read));
        Assert.Equal(hello, read);
        Assert.True(Hello.IsSigned(bytes, hello.Key, new FakeVerifier()));
    }

    [Fact]
    public void No_prefix_extension_or_control_character_of_a_hello_is_read()
    {
        byte[] bytes = new Hello("c", 0, default, default, default, "a:1").Sign(new FakeSigner(1));
        for (int length = 0; length < bytes.Length; length++)
        {
            Assert.Equal(RefusalReason.MalformedHello, Hello.Decode(bytes.AsSpan(0, length), out _));
        }

        Assert.Equal(RefusalReason.MalformedHello, Hello.Decode([.. bytes, 0], out _));
        bytes[6] = (byte)'\n';
        Assert.Equal(RefusalReason.MalformedHello, Hello.Decode(bytes, out _));
    }

    [Fact]
    public void The_largest_hello_fits_the_limit()
    {
        string chain = new('c', NetworkLimits.MaxChainIdBytes);
        string address = new('a', NetworkLimits.MaxAddressBytes);
        byte[] bytes = new Hello(chain, 0, default, default, default, address).Sign(new FakeSigner(1));
        Assert.Equal(490, bytes.Length);
        Assert.InRange(bytes.Length + 1, 0, NetworkLimits.MaxHelloBytes);
        Assert.Null(Hello.Decode(bytes, out _));
    }

    [Fact]
    public void A_queue_takes_frames_up_to_its_bound_and_none_above_in_each_priority()
    {
        OutboundQueue queue = new(maxFrames: 3, maxBytes: 1_000);
        foreach (FrameKind kind in new[] { FrameKind.Blocks, FrameKind.Consensus })
        {
            Assert.True(queue.TryEnqueue(Frame(kind, 10)));
            Assert.True(queue.TryEnqueue(Frame(kind, 10)));
            Assert.True(queue.TryEnqueue(Frame(kind, 10)));
            Assert.False(queue.TryEnqueue(Frame(kind, 10)));
        }

        Assert.Equal((6, 60), (queue.Frames, queue.Bytes));
    }

    [Fact]
    public void A_queue_takes_bytes_up_to_its_bound_and_none_above()
    {
        OutboundQueue queue = new(maxFrames: 100, maxBytes: 1_000);
        Assert.False(queue.TryEnqueue(Frame(FrameKind.Blocks, 1_001)));
        Assert.True(queue.TryEnqueue(Frame(FrameKind.Blocks, 600)));
        Assert.False(queue.TryEnqueue(Frame(FrameKind.Blocks, 401)));
        Assert.True(queue.TryEnqueue(Frame(FrameKind.Blocks, 400)));
        Assert.False(queue.TryEnqueue(Frame(FrameKind.Batches, 5)));
    }

    [Fact]
    public void A_fill_takes_urgent_frames_first_and_stops_at_the_buffers_end()
    {
        OutboundQueue queue = new(maxFrames: 100, maxBytes: 10_000);
        queue.TryEnqueue(Frame(FrameKind.Blocks, 300));
        queue.TryEnqueue(Frame(FrameKind.Batches, 50));
        queue.TryEnqueue(Frame(FrameKind.Consensus, 60));
        queue.TryEnqueue(Frame(FrameKind.Consensus, 40));
        byte[] buffer = new byte[200];
        Assert.Equal(100, queue.Fill(buffer, out int frames, out OutboundFrame? large));
        Assert.Equal((2, null), (frames, large));
        Assert.Equal(56u, BinaryPrimitives.ReadUInt32LittleEndian(buffer));
        Assert.Equal((byte)FrameKind.Consensus, buffer[4]);
        queue.TryEnqueue(Frame(FrameKind.Consensus, 70));
        Assert.Equal(70, queue.Fill(buffer, out frames, out large));
        Assert.Equal(0, queue.Fill(buffer, out frames, out large));
        Assert.Equal((1, FrameKind.Blocks), (frames, large?.Kind));
        Assert.Equal(50, queue.Fill(buffer, out frames, out large));
        Assert.Equal((0, 0), (queue.Frames, queue.Bytes));
    }

    [Fact]
    public async Task A_waiting_writer_goes_on_when_there_is_room_and_gives_up_when_the_queue_is_completed()
    {
        OutboundQueue queue = new(maxFrames: 1, maxBytes: 1_000);
        Assert.True(await queue.EnqueueAsync(Frame(FrameKind.Submit, 5), default));
        Task<bool> second = queue.EnqueueAsync(Frame(FrameKind.Submit, 6), default).AsTask();
        Assert.False(second.IsCompleted);
        Assert.Equal(5, queue.Fill(new byte[100], out _, out _));
        Assert.True(await second.WaitAsync(Inbox.Patience));
        Task<bool> third = queue.EnqueueAsync(Frame(FrameKind.Submit, 6), default).AsTask();
        queue.Complete();
        Assert.False(await third.WaitAsync(Inbox.Patience));
        Assert.True(await queue.WaitToReadAsync(default));
        queue.Fill(new byte[100], out _, out _);
        Assert.False(await queue.WaitToReadAsync(default));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100_000)]
    public async Task Frames_are_cut_alike_however_the_bytes_arrive(int bytesPerRead)
    {
        int[] sizes = [0, 1, 3, 65_530, 65_531, 65_532, 200_000, 0, 9];
        using MemoryStream bytes = new();
        foreach (int size in sizes)
        {
            bytes.Write(FrameFormat.Whole((byte)FrameKind.Blocks, new byte[size]));
        }

        bytes.Position = 0;
        FrameReader reader = new(new SlowStream(bytes, bytesPerRead), TimeProvider.System)
        {
            InHandshake = false,
            MaxFrameBytes = 200_001,
        };
        foreach (int size in sizes)
        {
            Assert.Equal(size, (await reader.ReadAsync(default)).Payload.Length);
        }

        await Assert.ThrowsAsync<EndOfStreamException>(async () => await reader.ReadAsync(default));
    }

    [Fact]
    public void Back_off_doubles_from_minimum_to_maximum_and_starts_again_after_a_reset()
    {
        Backoff backoff = new(TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(500));
        double[] latest = [.. Enumerable.Range(0, 6).Select(_ => backoff.Next(1.0).TotalMilliseconds)];
        Assert.Equal([100, 200, 400, 500, 500, 500], latest);
        Assert.Equal(250, backoff.Next(0).TotalMilliseconds);
        backoff.Reset();
        Assert.Equal(50, backoff.Next(0).TotalMilliseconds);
    }

    [Fact]
    public void A_bucket_gives_a_seconds_worth_at_once_and_then_the_rate()
    {
        TokenBucket bucket = new(1_000);
        Assert.Equal(TimeSpan.Zero, bucket.Take(1_000, TimeSpan.FromSeconds(5)));
        Assert.Equal(TimeSpan.FromSeconds(2), bucket.Take(2_000, TimeSpan.FromSeconds(5)));
        Assert.Equal(TimeSpan.FromSeconds(1.5), bucket.Take(500, TimeSpan.FromSeconds(6)));
        Assert.Equal(TimeSpan.Zero, bucket.Take(1_000, TimeSpan.FromSeconds(100)));
        Assert.Equal(TimeSpan.FromMilliseconds(1), bucket.Take(1, TimeSpan.FromSeconds(100)));
    }

    [Fact]
    public void Handshakes_are_bounded_in_all_and_per_source()
    {
        HandshakeGate gate = new(maxTotal: 3, maxPerAddress: 2);
        Assert.True(gate.TryEnter(IPAddress.Parse("2001:db8::1")));
        Assert.True(gate.TryEnter(IPAddress.Parse("2001:db8::2")));
        Assert.False(gate.TryEnter(IPAddress.Parse("2001:db8::3")));
        Assert.True(gate.TryEnter(IPAddress.Parse("10.0.0.1")));
        Assert.False(gate.TryEnter(IPAddress.Parse("10.0.0.2")));
        gate.Leave(IPAddress.Parse("2001:db8::1"));
        Assert.True(gate.TryEnter(IPAddress.Parse("::ffff:10.0.0.1")));
        gate.Leave(IPAddress.Parse("2001:db8::2"));
        Assert.False(gate.TryEnter(IPAddress.Parse("10.0.0.1")));
    }

    [Theory]
    [InlineData("10.0.0.1:7000", "10.0.0.1", 7000)]
    [InlineData("[fd00::1]:1", "fd00::1", 1)]
    [InlineData("node-1.example:65535", "node-1.example", 65535)]
    public void An_address_is_read_and_written_alike(string text, string host, int port)
    {
        Assert.True(PeerAddress.TryParse(text, out PeerAddress address));
        Assert.Equal(new PeerAddress(host, port), address);
        Assert.Equal(text, address.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData(":7000")]
    [InlineData("10.0.0.1")]
    [InlineData("10.0.0.1:0")]
    [InlineData("10.0.0.1:65536")]
    [InlineData("10.0.0.1:-1")]
    [InlineData("fd00::1:7000")]
    [InlineData("[10.0.0.1]:7000")]
    [InlineData("two words:7000")]
    public void What_is_no_address_is_not_read(string text) => Assert.False(PeerAddress.TryParse(text, out _));

    [Fact]
    public void Options_that_make_no_sense_are_named()
    {
        TransportOptions good = TestNode.Options();
        good.Validate();
        string[] messages =
        [
            .. new[]
            {
                good with { ChainId = "two words" },
                good with { QueueBytes = good.MaxFrameBytes },
                good with { AcceptablePause = good.HeartbeatInterval },
                good with { ReconnectMin = TimeSpan.Zero },
            }.Select(bad => Assert.Throws<ArgumentException>(bad.Validate).Message),
        ];
        Assert.Contains("chain id", messages[0], StringComparison.Ordinal);
        Assert.Contains("queue", messages[1], StringComparison.Ordinal);
        Assert.Contains("pause", messages[2], StringComparison.Ordinal);
        Assert.Contains("back-off", messages[3], StringComparison.Ordinal);
    }

    private static OutboundFrame Frame(FrameKind kind, int bytesOnWire) =>
        new(kind, new byte[bytesOnWire - NetworkLimits.FrameHeaderBytes]);
}
