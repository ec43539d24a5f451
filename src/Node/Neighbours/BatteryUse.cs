namespace EnergyNode.Node.Neighbours;

/// <summary>What a home does with a battery.</summary>
internal enum BatteryUse
{
    /// <summary>It has none.</summary>
    None,

    /// <summary>Keeps its own surplus for its own use.</summary>
    Own,

    /// <summary>
    /// As before, and also buys ahead when it is cheap and sells ahead into the utility's peak hours.
    /// </summary>
    Trade,
}
