using System;

namespace EnergyNode.Node.Network;

/// <summary>Doubles the delay between attempts from a minimum to a maximum; each is 50–100 % of its step.</summary>
internal sealed class Backoff(TimeSpan min, TimeSpan max)
{
    private int _doublings;

    /// <param name="random">In [0, 1): which part of the spread to take, so that nodes do not dial in step.</param>
    public TimeSpan Next(double random)
    {
        TimeSpan step = min * Math.Pow(2, _doublings);
        if (step < max)
        {
            _doublings++;
        }
        else
        {
            step = max;
        }

        return step * (0.5 + (random / 2));
    }

    public void Reset() => _doublings = 0;
}
