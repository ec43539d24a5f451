namespace EnergyNode.Market.Metering;

/// <summary>
/// METER-5: why a reading is kept out of the market, or is missing from it. A row is counted under the first rule
/// that applies, in the order of the numbers. A row that was quarantined is not a <see cref="Gap"/> as well.
/// </summary>
public enum QuarantineRule : byte
{
    /// <summary>The meter is not in the list.</summary>
    UnknownMeter = 0,

    /// <summary>
    /// The interval is off the quarter-hour grid, outside 1970 … 2999, or too far after the stream's first.
    /// </summary>
    InvalidInterval = 1,

    /// <summary>The interval begins before one that a row before it already opened.</summary>
    OutOfOrder = 2,

    /// <summary>The meter was already heard in this interval. A parsed file has none.</summary>
    Duplicate = 3,

    /// <summary>An energy is negative or more than an order can carry. A parsed file has none.</summary>
    InvalidEnergy = 4,

    /// <summary>Consumption or generation is more than the connection can carry.</summary>
    OverRating = 5,

    /// <summary>METER-6: a listed meter was silent in an interval between the stream's first and last.</summary>
    Gap = 6,
}
