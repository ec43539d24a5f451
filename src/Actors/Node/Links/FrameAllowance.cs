using EnergyNode.Ledger;

namespace EnergyNode.Actors.Node;

/// <summary>A bucket of frames that fills with time. Integers only: µ-frames.</summary>
internal struct FrameAllowance(int burst)
{
    private long _level = burst * Instant.MicrosPerSecond;
    private Instant _filled;

    /// <param name="now">Not before that of the last call.</param>
    /// <param name="perSecond">How fast it fills.</param>
    /// <param name="burst">What it holds.</param>
    /// <returns>False when there was no frame left to take; none is taken then.</returns>
    public bool Take(Instant now, int perSecond, int burst)
    {
        long elapsed = now.Since(_filled).Micros;
        long full = burst * Instant.MicrosPerSecond;
        long missing = full - _level;
        _level = elapsed > missing / perSecond ? full : _level + (elapsed * perSecond);
        _filled = now;
        if (_level < Instant.MicrosPerSecond)
        {
            return false;
        }

        _level -= Instant.MicrosPerSecond;
        return true;
    }
}
