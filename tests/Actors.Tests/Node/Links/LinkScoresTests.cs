using System;
using System.Collections.Generic;
using System.Linq;
using EnergyNode.Actors.Node;
using EnergyNode.Actors.Ports;
using EnergyNode.Ledger;
using Xunit;

namespace EnergyNode.Actors.Tests.Node;

public sealed class LinkScoresTests
{
    private static readonly PublicKey Peer = Village.Key("v2");

    private readonly LinkScores _scores = new();
    private Instant _now = Village.Start;

    [Theory]
    [InlineData(LinkOffence.BadSignature, 4, 9)]
    [InlineData(LinkOffence.Malformed, 4, 9)]
    [InlineData(LinkOffence.UnknownKind, 4, 9)]
    [InlineData(LinkOffence.BadBlock, 0, 1)]
    [InlineData(LinkOffence.Oversized, 0, 0)]
    [InlineData(LinkOffence.Slow, 0, 0)]
    [InlineData(LinkOffence.Unsolicited, 49, 99)]
    [InlineData(LinkOffence.BadContent, 49, 99)]
    [InlineData(LinkOffence.Replay, 499, 999)]
    [InlineData(LinkOffence.Flood, 499, 999)]
    [InlineData(LinkOffence.Unverifiable, 499, 999)]
    public void So_many_offences_at_once_are_free_so_many_throttle_and_the_next_one_cuts(
        LinkOffence offence, int free, int throttled)
    {
        for (int i = 0; i < throttled; i++)
        {
            Assert.Equal(i < free ? LinkAction.None : LinkAction.Throttle, Blame(offence).Action);
        }

        Assert.Equal(new LinkVerdict(LinkAction.Refuse, LinkLimits.FirstRefusal), Blame(offence));
        Assert.True(_scores.IsRefused(Peer, _now));
        Assert.False(_scores.IsRefused(Village.Key("v3"), _now));
        LinkScore score = Assert.Single(_scores.Report(_now));
        Assert.Equal(throttled + 1, score.Offences[(int)offence]);
        Assert.Equal((0, 1), (score.Points, score.Refusals));
    }

    [Fact]
    public void One_bad_frame_a_second_is_forgiven_for_ever()
    {
        for (int second = 0; second < 10_000; second++)
        {
            Assert.Equal(LinkAction.None, Blame(LinkOffence.BadSignature).Action);
            _now = _now.Plus(Duration.FromSeconds(1));
        }
    }

    [Fact]
    public void Each_refusal_is_twice_as_long_up_to_the_longest_and_quiet_time_makes_them_shorter_again()
    {
        long[] expected = [10, 20, 40, 80, 160, 320, 600, 600];
        foreach (long seconds in expected)
        {
            Assert.Equal(Duration.FromSeconds(seconds), Blame(LinkOffence.Oversized).Time);
            Assert.Equal(default, Blame(LinkOffence.Oversized));
            _now = _now.Plus(Duration.FromSeconds(seconds));
            Assert.False(_scores.IsRefused(Peer, _now));
        }

        _now = _now.Plus(new Duration(LinkLimits.Forgetting.Micros * 4));
        Assert.Equal(Duration.FromSeconds(160), Blame(LinkOffence.Oversized).Time);
    }

    [Theory]
    [InlineData(FrameKind.Consensus, LinkLimits.MessageBurst, LinkLimits.MessagesPerSecond)]
    [InlineData(FrameKind.BlockRequest, LinkLimits.RequestBurst, LinkLimits.RequestsPerSecond)]
    [InlineData(FrameKind.BatchRequest, LinkLimits.RequestBurst, LinkLimits.RequestsPerSecond)]
    [InlineData(FrameKind.Batches, LinkLimits.OtherBurst, LinkLimits.OthersPerSecond)]
    public void A_burst_and_then_the_rate_are_free_and_more_is_a_flood_that_ends_in_a_refusal(
        FrameKind kind, int burst, int perSecond)
    {
        int sent = 0;
        for (int i = 0; i < burst; i++)
        {
            Assert.Equal(LinkAction.None, Send(kind, sent++).Action);
        }

        for (int i = 0; i < perSecond; i++)
        {
            _now = _now.Plus(new Duration((Instant.MicrosPerSecond + perSecond - 1) / perSecond));
            Assert.Equal(LinkAction.None, Send(kind, sent++).Action);
        }

        Assert.Equal(0, Assert.Single(_scores.Report(_now)).Offences[(int)LinkOffence.Flood]);
        List<LinkAction> actions = [];
        for (int i = 0; i < LinkLimits.RefuseAt; i++)
        {
            actions.Add(Send(kind, sent++).Action);
        }

        Assert.Equal(LinkAction.None, actions[0]);
        Assert.Equal(LinkAction.Throttle, actions[LinkLimits.ThrottleAt]);
        Assert.Equal(LinkAction.Refuse, actions[^1]);
    }

    [Fact]
    public void The_same_bytes_again_are_a_replay_unless_they_ask_for_something_or_the_link_is_new()
    {
        Send(FrameKind.Consensus, 1);
        Send(FrameKind.Consensus, 2);
        Assert.Equal(0, Replays());
        Send(FrameKind.Consensus, 1);
        Assert.Equal(1, Replays());
        Send(FrameKind.Batches, 1);
        Assert.Equal(1, Replays());
        for (int i = 0; i < 10; i++)
        {
            Send(FrameKind.BatchRequest, 1);
            Send(FrameKind.Query, 1);
        }

        Assert.Equal(1, Replays());
        _scores.Disconnected(Peer);
        _scores.Connected(Peer, _now);
        Send(FrameKind.Consensus, 1);
        Assert.Equal(1, Replays());
    }

    [Fact]
    public void Long_frames_that_differ_at_either_end_or_in_length_are_no_replays()
    {
        byte[] frame = new byte[LinkLimits.DigestBytes * 3];
        _scores.Frame(Peer, FrameKind.Blocks, frame, _now);
        frame[0] = 1;
        _scores.Frame(Peer, FrameKind.Blocks, frame, _now);
        frame[^1] = 1;
        _scores.Frame(Peer, FrameKind.Blocks, frame, _now);
        _scores.Frame(Peer, FrameKind.Blocks, frame.AsMemory(1), _now);
        Assert.Equal(0, Replays());
        _scores.Frame(Peer, FrameKind.Blocks, frame, _now);
        Assert.Equal(1, Replays());
    }

    [Fact]
    public void Strangers_without_end_push_out_each_other_and_neither_links_nor_refusals()
    {
        _scores.Connected(Peer, _now);
        PublicKey refused = Village.Key("v3");
        _scores.Blame(refused, LinkOffence.Oversized, _now);
        Random random = new(1);
        byte[] key = new byte[PublicKey.Size];
        for (int i = 0; i < LinkLimits.MaxTracked + 100; i++)
        {
            _now = _now.Plus(new Duration(1));
            random.NextBytes(key);
            _scores.Connected(new PublicKey(key), _now);
            _scores.Disconnected(new PublicKey(key));
        }

        Assert.Equal(LinkLimits.MaxTracked, _scores.Count);
        Assert.Contains(Peer, _scores.Report(_now).Select(score => score.Peer));
        Assert.True(_scores.IsRefused(refused, _now));
    }

    [Fact]
    public void A_member_that_was_forgotten_begins_anew_and_finds_no_other_ones_score()
    {
        _scores.Adopt(Village.Validators);
        BlameBoth();
        BlameBoth();
        Random random = new(1);
        byte[] key = new byte[PublicKey.Size];
        for (int i = 0; i < LinkLimits.MaxTracked + 1; i++)
        {
            _now = _now.Plus(new Duration(1));
            random.NextBytes(key);
            _scores.Blame(new PublicKey(key), LinkOffence.Oversized, _now);
        }

        Assert.DoesNotContain(Peer, _scores.Report(_now).Select(score => score.Peer));
        Assert.False(_scores.IsRefused(Peer, _now));
        _scores.Connected(Peer, _now);
        Assert.Equal(0, _scores.Report(_now).Single(score => score.Peer == Peer).Points);
    }

    [Fact]
    public void Another_set_keeps_all_scores()
    {
        _scores.Adopt(Village.Validators);
        BlameBoth();
        BlameBoth();
        _scores.Adopt(new ValidatorSet(Village.Validators.Validators.Reverse()));
        BlameBoth();
        Assert.Equal(
            [(Peer, 3 * LinkLimits.BadFrame), (Village.Key("v3"), 3)],
            _scores.Report(_now).Select(score => (score.Peer, score.Points)).OrderByDescending(score => score.Points));
    }

    [Fact]
    public void A_clock_that_is_set_back_neither_forgives_nor_punishes()
    {
        for (int i = 0; i < 9; i++)
        {
            Blame(LinkOffence.Malformed);
            _now = _now.Plus(Duration.FromSeconds(-3_600));
        }

        Assert.Equal(900, Assert.Single(_scores.Report(_now)).Points);
    }

    private long Replays() => Assert.Single(_scores.Report(_now)).Offences[(int)LinkOffence.Replay];

    private void BlameBoth()
    {
        Blame(LinkOffence.BadSignature);
        _scores.Blame(Village.Key("v3"), LinkOffence.Replay, _now);
    }

    private LinkVerdict Blame(LinkOffence offence) => _scores.Blame(Peer, offence, _now);

    private LinkVerdict Send(FrameKind kind, int number) =>
        _scores.Frame(Peer, kind, BitConverter.GetBytes(number), _now);
}
