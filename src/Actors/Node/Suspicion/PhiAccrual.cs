using System;
using EnergyNode.Ledger;

namespace EnergyNode.Actors.Node;

/// <summary>
/// How surprising a silence is: phi = −log10 of the chance that a heartbeat comes later than now, if the intervals so
/// far are normally distributed (Hayashibara et al. 2004, §IV). Sums are integers, so that nothing drifts.
/// </summary>
internal sealed class PhiAccrual(FailureDetectorSettings settings)
{
    private const double MicrosPerMilli = 1_000;

    /// <summary>Longer intervals say nothing more; in ms, so that squares of a million samples fit.</summary>
    private const long MaxIntervalMillis = 600_000;

    /// <summary>Made when there is a first one: a transport may have no heartbeats.</summary>
    private long[]? _intervals;
    private int _count;
    private int _next;
    private long _sum;
    private Int128 _squares;
    private Instant? _last;

    /// <summary>Sets the rhythm expected before there are samples: the interval, give or take a quarter.</summary>
    public void Expect()
    {
        long interval = settings.HeartbeatInterval.Micros / 1_000;
        Add(interval - (interval / 4));
        Add(interval + (interval / 4));
    }

    /// <summary>A heartbeat: its interval is a sample.</summary>
    public void Beat(Instant now)
    {
        if (_last is { } last && now > last)
        {
            Add(Math.Min(now.Since(last).Micros / 1_000, MaxIntervalMillis));
        }

        Heard(now);
    }

    /// <summary>A sign of life that has no rhythm.</summary>
    public void Heard(Instant now) => _last = _last is { } last && last > now ? last : now;

    /// <summary>Nothing is expected any more until the next sign of life.</summary>
    public void Pause() => _last = null;

    /// <returns>0 before the first heartbeat; at most 300.</returns>
    public double Phi(Instant now)
    {
        if (_last is not { } last || _count == 0 || now <= last)
        {
            return 0;
        }

        double mean = ((double)_sum / _count) + (settings.AcceptablePause.Micros / MicrosPerMilli);
        double variance = (double)((_squares * _count) - ((Int128)_sum * _sum)) / ((double)_count * _count);
        double deviation = Math.Max(Math.Sqrt(variance), settings.MinDeviation.Micros / MicrosPerMilli);
        double y = ((now.Since(last).Micros / MicrosPerMilli) - mean) / deviation;

        // The tail of the normal distribution as a logistic curve, good to 0.0002 (Bowling et al. 2009, eq. 11).
        double exponent = y * (1.5976 + (0.070566 * y * y));
        const double most = 300 * 2.302585092994046;
        return exponent >= most ? 300 : Math.Log10(1 + Math.Exp(exponent));
    }

    private void Add(long millis)
    {
        _intervals ??= new long[settings.MaxSamples];
        if (_count == _intervals.Length)
        {
            long oldest = _intervals[_next];
            _sum -= oldest;
            _squares -= (Int128)oldest * oldest;
        }
        else
        {
            _count++;
        }

        _intervals[_next] = millis;
        _next = (_next + 1) % _intervals.Length;
        _sum += millis;
        _squares += (Int128)millis * millis;
    }
}
