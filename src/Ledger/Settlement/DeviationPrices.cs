namespace EnergyNode.Ledger;

/// <summary>What deviations cost, where it was set.</summary>
/// <param name="Short">Null for the retail price.</param>
/// <param name="Long">Null for the feed-in price.</param>
public readonly record struct DeviationPrices(Price? Short, Price? Long)
{
    internal void Encode(BorshWriter writer)
    {
        Encode(writer, Short);
        Encode(writer, Long);
    }

    private static void Encode(BorshWriter writer, Price? price)
    {
        writer.Option(price is not null);
        if (price is { } value)
        {
            writer.I64(value.MicroPerKwh);
        }
    }
}
