using System;
using EnergyNode.Ledger;

namespace EnergyNode.Consensus;

/// <summary>
/// How long to wait for a decision: what decisions take, and four times how much that varies (the estimator of V.
/// Jacobson, "Congestion avoidance and control", SIGCOMM '88), doubled with each failure in a row.
/// </summary>
/// <param name="initial">Before anything was decided.</param>
/// <param name="least">Never less: a pause of the machine is no failure.</param>
/// <param name="cap">Doubling stops here, unless decisions themselves take longer.</param>
/// <param name="patience">
/// Failures in a row after which the cap is doubled, too, and again after as many: no delay of the network is too long.
/// </param>
internal sealed class AdaptiveTimeout(Duration initial, Duration least, Duration cap, int patience)
{
    private long _mean;
    private long _deviation;

    /// <param name="latency">Of one decision, from when work was known. Negative when the clock was set back.</param>
    public void Observe(Duration latency)
    {
        // R25
        long micros = Math.Min(latency.Micros, Limits.MaxTimeout.Micros);
        if (micros < 0)
        {
            return;
        }

        if (_mean == 0)
        {
            _mean = micros + 1;
            _deviation = micros / 2;
            return;
        }

        long error = micros - _mean;
        _mean += error / 8;
        _deviation += (Math.Abs(error) - _deviation) / 4;
    }

    /// <param name="failures">In a row, since the last decision.</param>
    public Duration After(int failures)
    {
        // R25
        long limit = Math.Max(cap.Micros, 2 * _mean);
        for (int i = patience; i <= failures && limit < Limits.MaxTimeout.Micros; i += patience)
        {
            limit *= 2;
        }

        limit = Math.Min(limit, Limits.MaxTimeout.Micros);
        long micros = _mean == 0 ? initial.Micros : Math.Max(_mean + (4 * _deviation), least.Micros);
        for (int i = 0; i < failures && micros < limit; i++)
        {
            micros *= 2;
        }

        return new Duration(Math.Min(micros, limit));
    }

    public void WriteTo(BorshWriter writer)
    {
        writer.I64(_mean);
        writer.I64(_deviation);
    }
}
