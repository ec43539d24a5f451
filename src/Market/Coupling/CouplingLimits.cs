namespace EnergyNode.Market.Coupling;

/// <summary>The bounds of what is read of a coupled clearing.</summary>
public static class CouplingLimits
{
    /// <summary>2²¹ orders of at least 51 bytes are 107 MB, what a file of a clearing may have.</summary>
    public const int MaxOrders = 1 << 21;

    /// <summary>64 zones, and feeders, each of which has an order: 2²⁰ of at least 32 bytes are 34 MB.</summary>
    public const int MaxNodes = 1 << 20;
}
