namespace EnergyNode.Ledger;

/// <summary>What a correction changes for the account of its meter; amounts may be below zero.</summary>
/// <param name="After">What the account's part of the epoch comes to now.</param>
internal readonly record struct SettledDifference(SettledAccount Before, SettledAccount After, SettledPrices Prices)
{
    public Grid Bought => After.Residual.Lacked - Before.Residual.Lacked;

    public Grid Sold => After.Residual.LeftOver - Before.Residual.LeftOver;

    public Money Paid => Prices.Paid(After.Residual) - Prices.Paid(Before.Residual);

    public Money Earned => Prices.Earned(After.Residual) - Prices.Earned(Before.Residual);

    /// <summary>What the account pays on balance.</summary>
    public Money Cost => Paid - Earned;

    public Money WithoutMarket =>
        Prices.WithoutMarket(After.Import, After.Export) - Prices.WithoutMarket(Before.Import, Before.Export);
}
