namespace EnergyNode.Ledger;

/// <summary>Who decides the heights after an executed one, as far as it is known (STAKE-2).</summary>
/// <param name="InForce">Of the next height.</param>
/// <param name="Since">The first height that it decides.</param>
/// <param name="Decided">Of the heights from the border on; null when no change is decided.</param>
/// <param name="Border">The first height of another set; null when no change is decided.</param>
public sealed record SetForecast(ValidatorSet InForce, Height Since, ValidatorSet? Decided, Height? Border)
{
    /// <summary>A set without an end.</summary>
    public static SetForecast Of(ValidatorSet set) => new(set, Height.Genesis, null, null);
}
