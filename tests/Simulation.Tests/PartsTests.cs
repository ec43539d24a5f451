using System.Collections.Generic;
using System.Linq;
using EnergyNode.Actors;
using EnergyNode.Actors.Ports;
using EnergyNode.Actors.TestKit;
using EnergyNode.Ledger;
using Xunit;

namespace EnergyNode.Simulation.Tests;

/// <summary>The simulated disk, network and clock keep to the contracts of the ports.</summary>
public sealed class PartsTests
{
    private readonly SeededRunner _runner = new(4);
    private readonly List<object> _heard = [];

    [Fact]
    public void An_append_is_durable_when_it_is_acknowledged_and_not_before()
    {
        ActorTestKit kit = new(seed: 3);
        TestProbe probe = kit.CreateProbe();
        SimulatedDisk disk = new();
        SimulatedJournal journal = new(new PauseGate(kit.Runner), disk, new Dice(1, "disk"), DiskFaults.None);

        journal.Append([Record(1)], probe.Ref, 17);
        Assert.Equal(0, disk.Highest("a"));
        Assert.Equal(17, probe.ExpectMsg<JournalAppended>().Token);

        Assert.Equal(1, disk.Highest("a"));
    }

    [Fact]
    public void A_crash_keeps_a_prefix_of_what_was_not_durable()
    {
        HashSet<long> kept = [];
        for (ulong seed = 1; seed <= 40; seed++)
        {
            ActorTestKit kit = new(seed);
            SimulatedDisk disk = new();
            SimulatedJournal journal = new(new PauseGate(kit.Runner), disk, new Dice(seed, "disk"), DiskFaults.None);
            for (int i = 1; i <= 3; i++)
            {
                journal.Append([Record(i)], kit.CreateProbe().Ref, i);
            }

            journal.Crash();
            kit.Runner.RunFor(Duration.FromSeconds(1));
            kept.Add(disk.Highest("a"));
            Assert.Equal(disk.Highest("a"), disk.Read("a", 1, 3).Count());
        }

        Assert.Equal([0, 1, 2, 3], kept.Order());
    }

    [Fact]
    public void Deleted_records_are_gone_but_their_numbers_are_not_used_again()
    {
        SimulatedDisk disk = new();
        disk.Write(Record(1));
        disk.Write(Record(2));

        disk.DeleteTo("a", 2);

        Assert.Empty(disk.Read("a", 1, 2));
        Assert.Equal(2, disk.Highest("a"));
    }

    [Fact]
    public void A_rotten_record_is_refused()
    {
        SimulatedDisk disk = new();
        disk.Write(Record(1));

        Assert.True(disk.Rot("a", 1, new Dice(1, "rot")));

        Assert.Throws<JournalCorruptException>(() => disk.Read("a", 1, 1).ToArray());
    }

    [Fact]
    public void A_link_without_faults_keeps_frames_in_order()
    {
        (SimulatedNetwork network, PublicKey a, PublicKey b) = Connected();
        ITransport transport = network.TransportOf(a);
        for (byte i = 0; i < 50; i++)
        {
            Assert.True(transport.Send(b, FrameKind.Batches, new[] { i }));
        }

        _runner.RunFor(Duration.FromSeconds(1));

        Assert.Equal(Enumerable.Range(0, 50), Frames());
    }

    [Fact]
    public void Bad_links_lose_repeat_and_reorder_frames()
    {
        (SimulatedNetwork network, PublicKey a, PublicKey b) = Connected();
        network.Faults = LinkFaults.None with
        {
            LossPermille = 200,
            DuplicatePermille = 200,
            ReorderPermille = 200,
            ReorderDelay = Duration.FromMillis(50),
        };
        for (byte i = 0; i < 100; i++)
        {
            network.TransportOf(a).Send(b, FrameKind.Batches, new[] { i });
        }

        _runner.RunFor(Duration.FromSeconds(1));

        int[] frames = [.. Frames()];
        Assert.True(frames.Distinct().Count() < 100, "nothing was lost");
        Assert.True(frames.Distinct().Count() < frames.Length, "nothing was repeated");
        Assert.NotEqual(frames.Order(), frames);
    }

    [Fact]
    public void A_cut_link_carries_nothing_and_is_noticed_after_the_link_timeout()
    {
        (SimulatedNetwork network, PublicKey a, PublicKey b) = Connected();
        network.Cut(a, b);
        Assert.True(network.TransportOf(a).Send(b, FrameKind.Batches, new byte[] { 1 }));
        _runner.RunFor(Duration.FromMillis(4_900));
        Assert.All(_heard, message => Assert.IsType<PeerConnected>(message));

        _runner.RunFor(Duration.FromMillis(200));
        Assert.Single(_heard.OfType<PeerDisconnected>());
        Assert.False(network.TransportOf(a).Send(b, FrameKind.Batches, new byte[] { 1 }));

        network.Heal();
        _runner.RunFor(Duration.FromMillis(100));
        Assert.Equal(2, _heard.OfType<PeerConnected>().Count());
    }

    [Fact]
    public void A_dead_process_sends_nothing_more_and_gets_nothing_of_its_old_connection()
    {
        (SimulatedNetwork network, PublicKey a, PublicKey b) = Connected();
        ITransport before = network.TransportOf(a);
        before.Send(b, FrameKind.Batches, new byte[] { 1 });
        network.Down(b);
        network.Up(b);
        _runner.RunFor(Duration.FromSeconds(1));
        Assert.Empty(Frames());

        network.Down(a);
        network.Up(a);
        _runner.RunFor(Duration.FromSeconds(1));
        Assert.False(before.Send(b, FrameKind.Batches, new byte[] { 2 }));
        Assert.True(network.TransportOf(a).Send(b, FrameKind.Batches, new byte[] { 3 }));
    }

    [Fact]
    public void A_fast_clock_is_ahead_and_its_timers_fire_early()
    {
        SkewedClock clock = new(
            _runner, _runner.Now, new ClockSkew(Duration.FromSeconds(2), 100_000), new PauseGate(_runner));
        Instant? fired = null;
        Instant start = _runner.Now;
        clock.Schedule(Duration.FromSeconds(11), () => fired = _runner.Now);

        _runner.RunFor(Duration.FromSeconds(20));

        Assert.Equal(Duration.FromSeconds(10), fired!.Value.Since(start));
        Assert.Equal(Duration.FromSeconds(24), clock.Now.Since(start));
    }

    [Fact]
    public void A_signature_is_good_for_its_key_and_message_only()
    {
        SimulatedKeys keys = new();
        ISigner alice = keys.Signer("alice");
        ISigner bob = keys.Signer("bob");
        Signature signature = alice.Sign([1, 2, 3]);

        Assert.True(keys.Verify(alice.PublicKey, [1, 2, 3], signature));
        Assert.False(keys.Verify(alice.PublicKey, [1, 2, 4], signature));
        Assert.False(keys.Verify(bob.PublicKey, [1, 2, 3], signature));
        Assert.Equal(alice.PublicKey, new SimulatedKeys().Signer("alice").PublicKey);
    }

    private static JournalRecord Record(long sequence) => new("a", sequence, default, "test/1", [1, 2, 3], "");

    private IEnumerable<int> Frames() => _heard.OfType<FrameReceived>().Select(frame => (int)frame.Payload.Span[0]);

    private (SimulatedNetwork Network, PublicKey A, PublicKey B) Connected()
    {
        SimulatedKeys keys = new();
        PublicKey a = keys.Signer("a").PublicKey;
        PublicKey b = keys.Signer("b").PublicKey;
        SimulatedNetwork network = new(_runner, new Dice(9, "network"));
        network.Add(a, PeerRole.Validator, "a", _ => { });
        network.Add(b, PeerRole.Validator, "b", _heard.Add);
        network.Up(a);
        network.Up(b);
        _runner.RunFor(Duration.FromMillis(100));
        return (network, a, b);
    }
}
