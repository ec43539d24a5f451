using System;

namespace EnergyNode.Node.Network;

/// <summary>
/// A rate limit that holds one second's worth and lets the taker into debt: it is told how long to wait until the debt
/// is paid. Time is an argument; monotonic.
/// </summary>
internal sealed class TokenBucket(long perSecond)
{
    private double _tokens = perSecond;
    private TimeSpan _updated;

    /// <param name="amount">What was taken; may exceed the bucket.</param>
    /// <param name="now">Time since some fixed moment; never goes back.</param>
    /// <returns>How long to take nothing more; zero while there are tokens.</returns>
    public TimeSpan Take(long amount, TimeSpan now)
    {
        _tokens = Math.Min(perSecond, _tokens + ((now - _updated).TotalSeconds * perSecond)) - amount;
        _updated = now;
        return _tokens >= 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(-_tokens / perSecond);
    }
}
