namespace EnergyNode.Market.Metering;

/// <summary>What a row of a file does wrong.</summary>
public enum InputRule : byte
{
    /// <summary>It cannot be read: a field too many, no number, no time, bytes that are no text.</summary>
    Malformed = 0,

    /// <summary>The interval is off the quarter-hour grid, or too far from the others.</summary>
    InvalidInterval = 1,

    /// <summary>An energy or a power is below zero.</summary>
    Negative = 2,

    /// <summary>A number is greater than the rules allow.</summary>
    OutOfRange = 3,

    /// <summary>The meter already has this interval.</summary>
    Duplicate = 4,

    /// <summary>The meter is not in the list.</summary>
    UnknownMeter = 5,

    /// <summary>The file holds more than is read: rows, meters.</summary>
    Limit = 6,
}
