namespace EnergyNode.Node.Mining;

/// <summary>Bounds of mining.</summary>
internal static class MiningLimits
{
    /// <summary>As many cores as one community server has; more would only compete with each other.</summary>
    public const int MaxThreads = 64;
}
