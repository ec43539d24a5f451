using EnergyNode.Ledger;

namespace EnergyNode.Node.Setup;

/// <summary>The market's rules where a user does not say otherwise.</summary>
public static class MarketDefaults
{
    public static readonly Duration EpochLength = Duration.FromSeconds(900);

    /// <summary>Meters report within a minute.</summary>
    public static readonly Duration Grace = Duration.FromSeconds(60);

    /// <summary>0.01 per kWh.</summary>
    public static readonly Price GridFee = new(10_000);

    /// <summary>0.22 per kWh.</summary>
    public static readonly Price Retail = new(220_000);

    /// <summary>0.05 per kWh.</summary>
    public static readonly Price FeedIn = new(50_000);

    public static readonly BookId Book = BookId.Parse("home-spot");

    /// <summary>The start of the quarter of an hour, by the clock on the wall, that an instant lies in.</summary>
    public static Instant EpochStart(Instant instant) =>
        new(instant.Micros - (instant.Micros % EpochLength.Micros));
}
