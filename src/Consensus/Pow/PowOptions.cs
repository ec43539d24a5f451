using EnergyNode.Ledger;

namespace EnergyNode.Consensus.Pow;

/// <summary>Where a machine starts, and how patient it is.</summary>
public sealed record PowOptions
{
    public required ChainId Chain { get; init; }

    /// <summary>This node's position in <see cref="Validators"/>; null for an observer, which only follows.</summary>
    public required ValidatorIndex? Self { get; init; }

    /// <summary>The set whose members mine after <see cref="Tip"/>.</summary>
    public required ValidatorSet Validators { get; init; }

    /// <summary>The last final block, of any height; its difficulty is null when it was not mined.</summary>
    public required FinalBlock Tip { get; init; }

    public required WorkParameters Work { get; init; }

    /// <summary>The last height that this protocol decides; null for none.</summary>
    public Height? LastHeight { get; init; }

    /// <summary>How long to wait before asking and saying again while something is missing.</summary>
    public Duration ResendDelay { get; init; } = Duration.FromMillis(500);

    /// <summary>How often a node says where it stands while nothing waits.</summary>
    public Duration IdleDelay { get; init; } = Duration.FromSeconds(2);

    /// <summary>Every so many heights the validators sign the state, from 1.</summary>
    public int CheckpointInterval { get; init; } = 16;

    /// <summary>How far ahead of the own clock the time of a block may be.</summary>
    public Duration MaxClockDrift { get; init; } = Duration.FromSeconds(5);
}
