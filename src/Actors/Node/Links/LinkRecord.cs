using System;
using EnergyNode.Actors.Ports;
using EnergyNode.Ledger;

namespace EnergyNode.Actors.Node;

/// <summary>
/// What is kept of one peer. A struct, as those of a node lie together then: each frame of each peer looks here.
/// </summary>
internal struct LinkRecord(PublicKey peer)
{
    private const int MicroPoints = 1_000_000;

    private readonly long[] _offences = new long[(int)LinkOffence.BadContent + 1];
    private FrameAllowance _messages = new(LinkLimits.MessageBurst);
    private FrameAllowance _requests = new(LinkLimits.RequestBurst);
    private FrameAllowance _others = new(LinkLimits.OtherBurst);
    private long _microPoints;
    private Instant _now;
    private Instant _lastRefusal;
    private int _refusals;

    public readonly PublicKey Peer => peer;

    /// <summary>Up to then it is refused.</summary>
    public Instant RefusedUntil { get; private set; }

    public bool IsConnected { get; private set; }

    /// <summary>When it was last heard of.</summary>
    public readonly Instant Touched => _now;

    public void Connect() => IsConnected = true;

    public void Disconnect() => IsConnected = false;

    /// <summary>Time passes; a clock that was set back stands still meanwhile.</summary>
    public void Advance(Instant now)
    {
        if (now <= _now)
        {
            return;
        }

        // Beyond the time in which everything is forgiven, the exact time does not matter.
        long elapsed = Math.Min(now.Since(_now).Micros, Instant.MicrosPerSecond * 3_600);
        _microPoints = Math.Max(0, _microPoints - (elapsed * LinkLimits.ForgivenPerSecond));
        _now = now;
    }

    public bool IsWithinAllowance(FrameKind kind) => kind switch
    {
        FrameKind.Consensus or FrameKind.VoteDigests or FrameKind.VoteRequest or FrameKind.Votes =>
            _messages.Take(_now, LinkLimits.MessagesPerSecond, LinkLimits.MessageBurst),
        FrameKind.BatchRequest or FrameKind.BlockRequest or FrameKind.BatchAnnounce =>
            _requests.Take(_now, LinkLimits.RequestsPerSecond, LinkLimits.RequestBurst),
        _ => _others.Take(_now, LinkLimits.OthersPerSecond, LinkLimits.OtherBurst),
    };

    public LinkVerdict Blame(LinkOffence offence)
    {
        _offences[(int)offence]++;
        if (_now < RefusedUntil)
        {
            return default;
        }

        _microPoints += (long)LinkLimits.PointsOf(offence) * MicroPoints;
        long points = _microPoints / MicroPoints;
        return points >= LinkLimits.RefuseAt ? Refuse()
            : points >= LinkLimits.ThrottleAt ? new LinkVerdict(LinkAction.Throttle, LinkLimits.Pause)
            : default;
    }

    public readonly LinkScore Report() => new(
        peer,
        (int)(_microPoints / MicroPoints),
        _refusals,
        _now < RefusedUntil ? RefusedUntil : null,
        [.. _offences]);

    private LinkVerdict Refuse()
    {
        long quiet = _now.Since(_lastRefusal).Micros / LinkLimits.Forgetting.Micros;
        _refusals = (int)Math.Max(0, _refusals - quiet) + 1;
        _lastRefusal = _now;
        long micros = LinkLimits.FirstRefusal.Micros;
        for (int i = 1; i < _refusals && micros < LinkLimits.LongestRefusal.Micros; i++)
        {
            micros *= 2;
        }

        Duration time = new(Math.Min(micros, LinkLimits.LongestRefusal.Micros));
        RefusedUntil = _now.Plus(time);
        _microPoints = 0;
        return new LinkVerdict(LinkAction.Refuse, time);
    }
}
