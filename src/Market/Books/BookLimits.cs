namespace EnergyNode.Market.Books;

/// <summary>
/// The bounds of one book. Together they keep every sum within a signed 64-bit integer:
/// a level's total ≤ 2²⁰ orders × 10⁹ Wh &lt; 1.1 × 10¹⁵ Wh;
/// bid + ask (for the midpoint) ≤ 2 × 10¹²;
/// a trade's money ≤ 10⁹ Wh × 10¹² micro/kWh ÷ 1,000 Wh/kWh = 10¹⁸ micro-units;
/// a trade's tokens ≤ 10⁹ Wh × 10⁶ = 10¹⁵ base units.
/// </summary>
public static class BookLimits
{
    /// <summary>Orders at rest in one book, both sides together. About 56 bytes each: 56 MiB when full.</summary>
    public const int MaxRestingOrders = 1 << 20;

    /// <summary>1 GWh: a thousand times what a 4 MW plant makes in a quarter of an hour.</summary>
    public const long MaxOrderWattHours = 1_000_000_000;

    /// <summary>A million currency units per kWh, either sign: room for currencies with small units.</summary>
    public const long MaxPriceMagnitude = 1_000_000_000_000;
}
