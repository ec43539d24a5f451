using System;
using EnergyNode.Ledger;

namespace EnergyNode.Simulation;

/// <summary>One fork that is made on purpose. Everything that is not given here follows from the seed.</summary>
public sealed record ForkOptions
{
    public required ulong Seed { get; init; }

    /// <summary>Not proof of work, whose forks nobody signs.</summary>
    public ConsensusProtocol Protocol { get; init; } = ConsensusProtocol.Pbft;

    /// <summary>4 … 100, so many that the honest can be split: 4, 7, 10 … always can.</summary>
    public int Validators { get; init; } = 4;

    /// <summary>f + 1 … 2f. Null: the seed says.</summary>
    public int? Liars { get; init; }

    /// <summary>How many of the validators the protocol tolerates.</summary>
    internal int Tolerated => (Validators - 1) / 3;

    internal int Quorum => ((Validators + Tolerated) / 2) + 1;

    /// <returns>What is wrong, and what to do; null when nothing is.</returns>
    public string? Problem()
    {
        if (Protocol == ConsensusProtocol.Pow)
        {
            return "under pow nobody signs blocks, so a fork convicts nobody; choose pbft or pos";
        }

        if (Validators is < 4 or > Limits.MaxValidators || Validators % 3 != 1)
        {
            return $"{Validators} validators are not possible; choose 4, 7, 10 … {Limits.MaxValidators}";
        }

        return Liars is { } liars && (liars <= Tolerated || liars > 2 * Tolerated)
            ? $"{liars} liars are not possible; of {Validators} validators choose {Tolerated + 1} to {2 * Tolerated}"
            : null;
    }

    /// <exception cref="ArgumentException">Something is wrong with it.</exception>
    internal void Check()
    {
        if (Problem() is { } problem)
        {
            throw new ArgumentException(problem);
        }
    }
}
