using EnergyNode.Ledger;

namespace EnergyNode.Node.Load;

/// <summary>What <c>energynode bench load</c> is asked to do.</summary>
public sealed record LoadOptions
{
    /// <summary>1, or 4 to 7.</summary>
    public int Validators { get; init; } = 4;

    public ConsensusProtocol Consensus { get; init; } = ConsensusProtocol.Pbft;

    /// <summary>0 to <see cref="LoadLimits.MaxPerMinute"/>.</summary>
    public int OrdersPerMinute { get; init; } = LoadLimits.DefaultOrdersPerMinute;

    /// <summary><see cref="LoadLimits.MinReadingsPerMinute"/> to <see cref="LoadLimits.MaxPerMinute"/>.</summary>
    public int ReadingsPerMinute { get; init; } = LoadLimits.DefaultReadingsPerMinute;

    /// <summary>Of the measurement.</summary>
    public int Seconds { get; init; } = LoadLimits.DefaultSeconds;

    /// <summary>Under the same load before the measurement.</summary>
    public int WarmUpSeconds { get; init; } = LoadLimits.DefaultWarmUpSeconds;

    /// <summary>Print one JSON object instead of a table.</summary>
    public bool Json { get; init; }
}
