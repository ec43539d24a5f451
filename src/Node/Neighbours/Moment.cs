using EnergyNode.Ledger;

namespace EnergyNode.Node.Neighbours;

/// <summary>One epoch, as a home sees it.</summary>
/// <param name="Epoch">Its number on the ledger.</param>
/// <param name="Start">When it starts.</param>
/// <param name="Quarter">Its place in the recording.</param>
/// <param name="Retail">The utility's price.</param>
/// <param name="IsPeak">Whether that is above its mean over the run.</param>
internal readonly record struct Moment(long Epoch, Instant Start, int Quarter, Price Retail, bool IsPeak)
{
    private const long QuarterMicros = 900 * Instant.MicrosPerSecond;
    private const int QuartersPerDay = 96;

    /// <summary>Counted from midnight UTC.</summary>
    public int QuarterOfDay => (int)(Start.Micros / QuarterMicros % QuartersPerDay);
}
