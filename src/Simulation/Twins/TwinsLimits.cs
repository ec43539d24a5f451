using EnergyNode.Ledger;

namespace EnergyNode.Simulation.Twins;

/// <summary>Sizes and times of Twins scenarios.</summary>
public static class TwinsLimits
{
    /// <summary>Below it no fault is tolerated, and a twin is one.</summary>
    public const int MinValidators = 4;

    /// <summary>7 validators that all run twice: 2¹³ partitions × 7 leaders = 57,344 choices for each round.</summary>
    public const int MaxValidators = 7;

    /// <summary>256⁷ is below 2⁶³, and 256 choices are those of 5 validators with one twin, by a third.</summary>
    public const int MaxRounds = 8;

    /// <summary>Exhaustive runs look at each sequence of choices once: 2³² take some minutes to enumerate.</summary>
    public const long MaxExhaustiveSequences = 1L << 32;

    /// <summary>Sampled runs.</summary>
    public const long MaxSamples = 1_000_000_000;

    /// <summary>The first time-out of a view or round.</summary>
    public static readonly Duration RoundTimeout = Duration.FromMillis(100);

    /// <summary>One and a half time-outs: who has not agreed by then has given up the view once.</summary>
    public static readonly Duration PhaseLength = Duration.FromMillis(150);

    /// <summary>Longer than a phase, so that what a partition swallowed is said again in a later one.</summary>
    public static readonly Duration ResendDelay = Duration.FromMillis(200);

    /// <summary>After healing all honest validators must agree within this time.</summary>
    public static readonly Duration HealLimit = Duration.FromSeconds(20);

    /// <summary>
    /// Inputs that are handled before a time-out that is due next comes in between: twenty rounds of five replicas. In
    /// virtual time messages take none, so rounds that fail by messages alone would leave no time to say again what
    /// ends them.
    /// </summary>
    public const int InputsAtOnce = 1_000;

    /// <summary>Effects of one scenario: a thousand times what one takes, so only an endless loop gets there.</summary>
    public const int MaxSteps = 1_000_000;
}
