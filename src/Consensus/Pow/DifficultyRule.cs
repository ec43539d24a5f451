using System;
using EnergyNode.Ledger;

namespace EnergyNode.Consensus.Pow;

/// <summary>
/// How hard a block must be: from the difficulty of the block below and the time between both. The form is that of
/// Ethereum's EIP-2 (parent + parent / 2048 × max(1 − ⌊Δ / 10⌋, −99)), with larger steps, as communities are small and
/// have no week to wait, and with a time that follows from the block time.
/// </summary>
public static class DifficultyRule
{
    private const long StepsOfDifficulty = 16;
    private const long MostStepsDown = 8;

    /// <summary>ln 2 = 0.693: with exponential times of mean m, E⌊Δ / (m · ln 2)⌋ = 1, so steps cancel out.</summary>
    private const long Ln2Permille = 693;

    private const long MostFall = 256;

    /// <summary>Up by a sixteenth when a block is faster than this; down by as much for each further one.</summary>
    public static Duration Step(WorkParameters work) => new(work.BlockTime.Micros * Ln2Permille / 1_000);

    /// <summary>The least difficulty of a chain: a 256th of the first, at least 16.</summary>
    public static Difficulty Floor(WorkParameters work) =>
        new(Math.Max(Ledger.Limits.MinDifficulty, work.InitialDifficulty.Hashes / MostFall));

    /// <param name="time">Of the block whose difficulty is asked; after the parent's.</param>
    public static Difficulty After(WorkParameters work, FinalBlock parent, Instant time)
    {
        // W2
        if (parent.Difficulty is not { } below)
        {
            return work.InitialDifficulty;
        }

        long elapsed = Math.Max(0, time.Since(parent.Time).Micros);
        long steps = Math.Max(1 - (elapsed / Step(work).Micros), -MostStepsDown);
        long hashes = below.Hashes + (below.Hashes / StepsOfDifficulty * steps);
        return new Difficulty(Math.Clamp(hashes, Floor(work).Hashes, Ledger.Limits.MaxDifficulty));
    }
}
