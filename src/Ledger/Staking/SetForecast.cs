namespace EnergyNode.Ledger;

/// <summary>Who decides the heights after an executed one, as far as it is known (STAKE-2).</summary>
/// <param name="InForce">Of the next height.</param>
/// <param name="Since">The first height that it decides.</param>
/// <param name="Decided">Of the heights from the border on; null when no change is decided.</param>
/// <param name="Border">The first height of another set; null when no change is decided.</param>
/// <param name="Window">The sets of so many heights, from the next one on, are known.</param>
public sealed record SetForecast(
    ValidatorSet InForce, Height Since, ValidatorSet? Decided, Height? Border, int Window)
{
    /// <summary>By which the set in force decides.</summary>
    public required ConsensusRules Rules { get; init; }

    /// <summary>By which heights are decided from the border on; null when no change is decided.</summary>
    public ConsensusRules? DecidedRules { get; init; }

    /// <summary>The set that was replaced by the one in force; null while the first one is in force.</summary>
    public ValidatorSet? Before { get; init; }

    /// <summary>By which the replaced set decided; null while the first one is in force.</summary>
    public ConsensusRules? BeforeRules { get; init; }

    /// <summary>The first height that the replaced set decided.</summary>
    public Height BeforeSince { get; init; }

    /// <summary>The first height whose set is still known.</summary>
    public Height Known => Before is null ? Since : BeforeSince;

    /// <summary>A set of PBFT without an end.</summary>
    public static SetForecast Of(ValidatorSet set) => new(set, Height.Genesis, null, null, 1)
    {
        Rules = new ConsensusRules(ConsensusProtocol.Pbft, null),
    };
}
