using System;
using EnergyNode.Ledger;

namespace EnergyNode.Actors;

/// <summary>
/// An exponential wait before a restart: <c>min · 2ⁿ</c>, at most <c>max</c>, plus jitter. The failed instance is gone
/// during the wait and its mailbox keeps what comes in. A child that lived for <c>resetAfter</c> starts at
/// <c>min</c> again.
/// </summary>
public sealed class Backoff
{
    private readonly Func<Duration, Duration> _jitter;

    /// <param name="min">The first wait, more than zero.</param>
    /// <param name="max">The longest wait without jitter, at least <paramref name="min"/>.</param>
    /// <param name="resetAfter">Null for <paramref name="max"/>.</param>
    /// <param name="jitter">Given the wait, what to add to it (not negative); from a source that the simulation can
    /// repeat. Null for none.</param>
    public Backoff(Duration min, Duration max, Duration? resetAfter = null, Func<Duration, Duration>? jitter = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(min.Micros, 1, nameof(min));
        ArgumentOutOfRangeException.ThrowIfLessThan(max.Micros, min.Micros, nameof(max));
        Min = min;
        Max = max;
        ResetAfter = resetAfter ?? max;
        _jitter = jitter ?? (_ => default);
    }

    public Duration Min { get; }

    public Duration Max { get; }

    public Duration ResetAfter { get; }

    /// <param name="failures">Failures before this one since the last reset, from 0.</param>
    public Duration Delay(int failures)
    {
        long micros = Min.Micros;
        for (int i = 0; i < failures && micros < Max.Micros; i++)
        {
            micros = micros > Max.Micros / 2 ? Max.Micros : micros * 2;
        }

        Duration wait = new(micros);
        long extra = _jitter(wait).Micros;
        ArgumentOutOfRangeException.ThrowIfNegative(extra, "jitter");
        return new Duration(micros + extra);
    }
}
