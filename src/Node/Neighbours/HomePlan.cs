using EnergyNode.Ledger;

namespace EnergyNode.Node.Neighbours;

/// <summary>
/// A home of the neighbourhood: what it draws from, what it has, and how it trades. It never changes.
/// </summary>
internal sealed record HomePlan
{
    public required MeterId Meter { get; init; }

    public required string Account { get; init; }

    /// <summary>An index into <see cref="NeighbourMarket.Zones"/>.</summary>
    public required int Zone { get; init; }

    /// <summary>Of the recorded meters; its load is theirs, weighted.</summary>
    public required int First { get; init; }

    /// <summary>In thousandths of the first one's load.</summary>
    public required int FirstPermille { get; init; }

    public int Second { get; init; }

    public int SecondPermille { get; init; }

    /// <summary>How many quarters of an hour later the load was recorded; 0 for a home as recorded.</summary>
    public int ShiftQuarters { get; init; }

    /// <summary>Of the recorded meters; the sun shines at the time it was recorded.</summary>
    public required int Roof { get; init; }

    /// <summary>In thousandths of that one's generation; 0 without a roof of its own.</summary>
    public required int RoofPermille { get; init; }

    public BatteryUse Battery { get; init; }

    /// <summary>Null without a car.</summary>
    public ChargerPlan? Charger { get; init; }

    /// <summary>Its bids, in percent of the way from the feed-in tariff to the retail price.</summary>
    public required int BidPercent { get; init; }

    /// <summary>Its asks, likewise.</summary>
    public required int AskPercent { get; init; }

    /// <summary>Whether its profile was recorded, not drawn.</summary>
    public required bool IsRecorded { get; init; }
}
