using System;
using EnergyNode.Ledger;

namespace EnergyNode.Market.Books;

/// <summary>What filling an order at once would come to (BOOK-21).</summary>
/// <param name="Value">
/// Σ price × quantity of its trades, exact, in micro-units per kWh × Wh: thousandths of a micro-unit. At most 10¹² ×
/// 10⁹ = 10²¹, more than 64 bits hold.
/// </param>
/// <param name="Worst">The price of the last trade, which no other is worse than.</param>
public readonly record struct FillQuote(Int128 Value, Price Worst)
{
    /// <summary>With one more trade, at a price that is not better than the ones before; none of no energy.</summary>
    internal FillQuote With(WattHours energy, Price price) => energy == WattHours.Zero
        ? this
        : new FillQuote(Value + ((Int128)energy.Wh * price.MicroPerKwh), price);
}
