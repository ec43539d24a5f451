using System;
using EnergyNode.Ledger;

namespace EnergyNode.Actors.Node;

/// <summary>What one validator has shown of itself.</summary>
internal sealed class PeerWatch(Validator validator, FailureDetectorSettings settings)
{
    private bool _beats;
    private long _missed;
    private long _late;
    private long _skew;

    public Validator Validator => validator;

    public PhiAccrual Detector { get; } = new(settings);

    /// <summary>From the first heartbeat on there will be more; a transport without is never called silent.</summary>
    public void Beat(Instant now)
    {
        if (!_beats)
        {
            _beats = true;
            Detector.Expect();
        }

        Detector.Beat(now);
    }

    public bool Connected { get; set; }

    public int PassedOver { get; set; }

    public int UnseenClaims { get; set; }

    /// <param name="behind">The median; null when the vote did not come at all.</param>
    public void Judge(Duration? behind)
    {
        _missed += ((behind is null ? 1_000 * 1_000 : 0) - _missed) / SuspicionLimits.Smoothing;
        if (behind is { } late)
        {
            _late += (late.Micros - _late) / SuspicionLimits.Smoothing;
        }
    }

    public void Timed(Duration ahead) => _skew += (ahead.Micros - _skew) / SuspicionLimits.Smoothing;

    public void Forget()
    {
        PassedOver /= 2;
        UnseenClaims /= 2;
    }

    public int Points(Instant now) => PointsAt(Detector.Phi(now));

    public PeerSuspicion Report(Instant now)
    {
        double phi = Detector.Phi(now);
        return new PeerSuspicion(
            validator,
            PointsAt(phi),
            Connected,
            phi,
            IsSilent(phi),
            Missed,
            new Duration(_late),
            new Duration(_skew),
            PassedOver,
            UnseenClaims);
    }

    private int Missed => (int)(_missed / 1_000);

    private bool IsSilent(double phi) => phi >= settings.Threshold;

    private int PointsAt(double phi)
    {
        int points = IsSilent(phi) || !Connected ? SuspicionLimits.SilentPoints : 0;
        points += Missed >= SuspicionLimits.MissedPermille ? SuspicionLimits.FaultPoints : 0;
        points += PassedOver > 0 ? SuspicionLimits.FaultPoints : 0;
        points += _late >= SuspicionLimits.Late.Micros ? SuspicionLimits.SlowPoints : 0;
        points += Math.Abs(_skew) >= SuspicionLimits.Skew.Micros ? SuspicionLimits.SlowPoints : 0;
        points += UnseenClaims > 0 ? SuspicionLimits.ClaimPoints : 0;
        return points;
    }
}
