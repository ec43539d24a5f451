namespace EnergyNode.Ledger;

/// <summary>How much more energy goes into the grid than comes out of it, for what is traded over a distance.</summary>
/// <param name="Ppm">In millionths of what comes out: 0 to <see cref="Limits.MaxLossPpm"/>.</param>
public readonly record struct LossFactor(long Ppm)
{
    internal bool IsValid => Ppm is >= 0 and <= Limits.MaxLossPpm;

    /// <summary>What is lost on the way. Exact: a millionth of a Wh is one base unit.</summary>
    public Grid Of(WattHours energy) => new(energy.Wh * Ppm);

    public override string ToString() => $"{Ppm} ppm";
}
