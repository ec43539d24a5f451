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
    /// <summary>A set without an end.</summary>
    public static SetForecast Of(ValidatorSet set) => new(set, Height.Genesis, null, null, 1);
}
