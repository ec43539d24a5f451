using System.Collections.Generic;
using System.Linq;
using EnergyNode.Actors.Node;
using EnergyNode.Consensus;
using EnergyNode.Ledger;
using Xunit;
using static EnergyNode.Actors.Tests.Node.Village;

namespace EnergyNode.Actors.Tests.Node;

public sealed class SuspicionsTests
{
    private readonly Suspicions _suspicions = new(Validators, Key("v1"), new FailureDetectorSettings());
    private Instant _now = Start;

    public SuspicionsTests()
    {
        foreach (string name in Names)
        {
            _suspicions.Connected(Key(name), _now);
        }
    }

    [Fact]
    public void Nobody_is_suspected_at_first_and_who_has_no_link_is_asked_last()
    {
        Assert.Equal([0, 0, 0], Points());
        _suspicions.Disconnected(Key("v2"));
        Assert.Equal([SuspicionLimits.SilentPoints, 0, 0], Points());
        PeerPreference preference = _suspicions.Preference(_now);
        Assert.Equal([Key("v3"), Key("v4"), Key("v2")], preference.Peers);
        Assert.Equal(2, preference.Trusted);
    }

    [Fact]
    public void A_peer_whose_heartbeats_end_becomes_silent_some_seconds_later_and_is_heard_again()
    {
        for (int second = 0; second < 100; second++)
        {
            Pass(Duration.FromSeconds(1));
            BeatAll();
            Assert.Equal([0, 0, 0], Points());
        }

        // v3 goes on; the others pause for as long as is acceptable, and then for longer.
        for (int second = 0; second < 4; second++)
        {
            Pass(Duration.FromSeconds(1));
            _suspicions.Beat(Key("v3"), _now);
            Assert.Equal([0, 0, 0], Points());
        }

        Pass(Duration.FromSeconds(1));
        _suspicions.Beat(Key("v3"), _now);
        Assert.Equal([SuspicionLimits.SilentPoints, 0, SuspicionLimits.SilentPoints], Points());
        BeatAll();
        Assert.Equal([0, 0, 0], Points());
    }

    [Fact]
    public void Who_votes_late_or_not_at_all_is_suspected_and_who_is_a_little_slower_is_not()
    {
        for (int height = 1; height <= 20; height++)
        {
            Vote("v2", height, new Duration(0));
            Vote("v3", height, Duration.FromMillis(90));
            if (height > 10)
            {
                Vote("v4", height, Duration.FromMillis(900));
            }

            Apply(height);
            if (height == 10)
            {
                Assert.Equal([0, 0, SuspicionLimits.FaultPoints], Points());
            }
        }

        Assert.Equal(0, Of("v3").Points);
        Assert.InRange(Of("v4").Late.Micros, SuspicionLimits.Late.Micros, 900_000);
        Assert.True(Of("v4").Points >= SuspicionLimits.SlowPoints);
    }

    [Fact]
    public void A_clock_is_judged_by_proposals_of_its_own_and_not_by_those_a_parent_forced()
    {
        Apply(1);
        for (int i = 0; i < 40; i++)
        {
            Propose("v1", "v3", _now.Plus(Duration.FromMillis(-20)));
            Propose("v2", "v2", _now.Plus(Duration.FromSeconds(5)));
            Propose("v3", "v3", Start.Plus(new Duration(Duration.FromSeconds(1).Micros + 1)));
            Propose("v4", "v4", _now.Plus(Duration.FromSeconds(-5)));
            Pass(Duration.FromSeconds(10));
        }

        Assert.Equal([SuspicionLimits.SlowPoints, 0, SuspicionLimits.SlowPoints], Points());
        Assert.True(Of("v2").Skew.Micros > 4_000_000 && Of("v4").Skew.Micros < -4_000_000);
    }

    [Fact]
    public void A_claim_of_a_block_that_was_never_seen_counts_and_is_forgotten()
    {
        Block seen = Block(1, default);
        _suspicions.Heard(Signed(new ConsensusMessage.PrePrepare(new Height(1), new View(0), seen), "v2"), _now);
        Claim("v3", seen.Hash);
        Assert.Equal(0, Of("v3").UnseenClaims);
        Claim("v4", Hash32.Of([1]));
        Assert.Equal([0, 0, SuspicionLimits.ClaimPoints], Points());
        _suspicions.Advance(_now);
        Pass(SuspicionLimits.HalfLife);
        _suspicions.Advance(_now);
        Assert.Equal([0, 0, 0], Points());
    }

    [Fact]
    public void A_batch_that_one_proposer_passes_over_again_and_again_is_named_once_and_others_are_not_blamed()
    {
        PassedOverWatch watch = new();
        List<Hash32> waiting = [Hash32.Of([1]), Hash32.Of([2])];
        for (int i = 1; i < SuspicionLimits.PassedOver; i++)
        {
            Assert.Empty(watch.Executed(Key("v2"), waiting, _now));
            Assert.Empty(watch.Executed(Key("v3"), waiting, _now));
        }

        Assert.Equal([(waiting[0], true, false), (waiting[1], true, false)],
            watch.Executed(Key("v2"), waiting, _now));
        Assert.Empty(watch.Executed(Key("v2"), waiting, _now));
        Assert.Empty(watch.Executed(Key("v3"), [], _now));
        Assert.Empty(watch.Executed(Key("v3"), waiting, _now));
        _suspicions.PassedOver(Key("v2"));
        Assert.Equal([SuspicionLimits.FaultPoints, 0, 0], Points());
    }

    [Fact]
    public void A_batch_is_overdue_after_enough_blocks_and_enough_time_and_again_after_as_much()
    {
        PassedOverWatch watch = new();
        List<Hash32> waiting = [Hash32.Of([1])];
        for (int round = 0; round < 2; round++)
        {
            for (int i = 1; i < SuspicionLimits.PassedOver; i++)
            {
                Assert.Empty(watch.Executed(Key("v2"), waiting, _now));
            }

            Pass(new Duration(SuspicionLimits.Overdue.Micros - 1));
            Assert.All(watch.Executed(Key("v2"), waiting, _now), found => Assert.False(found.IsOverdue));
            Assert.Empty(watch.Executed(Key("v3"), waiting, _now));
            Pass(new Duration(1));
            Assert.Equal((waiting[0], false, true), Assert.Single(watch.Executed(Key("v2"), waiting, _now)));
        }
    }

    [Fact]
    public void An_address_with_many_links_or_refused_strangers_is_named()
    {
        for (int i = 1; i < SuspicionLimits.LinksPerAddress; i++)
        {
            _suspicions.ClientLinked("10.0.0.1");
            _suspicions.StrangerRefused("10.0.0.2");
        }

        Assert.Empty(_suspicions.Report(_now).Addresses);
        _suspicions.StrangerRefused("10.0.0.2");
        _suspicions.ClientLinked("10.0.0.1");
        _suspicions.ClientLinked("10.0.0.1");
        int limit = SuspicionLimits.LinksPerAddress;
        Assert.Equal(
            [("10.0.0.1", limit + 1, 0), ("10.0.0.2", 0, limit)], _suspicions.Report(_now).Addresses);
        _suspicions.Advance(_now);
        _suspicions.ClientUnlinked("10.0.0.1");
        _suspicions.ClientUnlinked("10.0.0.1");
        Assert.Empty(_suspicions.Report(_now).Addresses);
    }

    private int[] Points() => [.. _suspicions.Report(_now).Peers.Select(peer => peer.Points)];

    private PeerSuspicion Of(string name) =>
        _suspicions.Report(_now).Peers.Single(peer => peer.Validator.Key == Key(name));

    private void Pass(Duration time) => _now = _now.Plus(time);

    private void BeatAll()
    {
        foreach (string name in Names.Skip(1))
        {
            _suspicions.Beat(Key(name), _now);
        }
    }

    private void Vote(string name, int height, Duration late) => _suspicions.Heard(
        Signed(new ConsensusMessage.Prepare(new Height(height), new View(0), default), name), _now.Plus(late));

    private void Apply(int height)
    {
        Pass(Duration.FromSeconds(1));
        _suspicions.Applied(Head(height));
    }

    private void Propose(string sender, string proposer, Instant time)
    {
        BlockHeader header = new(
            Chain, new Height(2), default, time, Key(proposer), default, 0, Validators.Hash);
        Block block = Ledger.Block.Create(header, []);
        _suspicions.Heard(
            Signed(new ConsensusMessage.PrePrepare(new Height(2), new View(0), block), sender), _now);
    }

    private void Claim(string voter, Hash32 block)
    {
        ViewChangeVote vote = new(IndexOf(voter), new Height(1), [new PreparedClaim(new View(0), block)], default);
        NewViewProof proof = new([vote], [], [], null);
        _suspicions.Heard(Signed(new ConsensusMessage.OpenView(new Height(1), new View(1), proof), "v2"), _now);
    }

    private static ValidatorIndex IndexOf(string name) => Validators.IndexOf(Key(name))!.Value;

    private static SignedMessage Signed(ConsensusMessage message, string sender) =>
        new MessageSigner(Chain, new KeyedSigner(sender)).Sign(message, IndexOf(sender)).Value;
}
