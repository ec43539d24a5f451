namespace EnergyNode.Ledger;

/// <content>Deviations and corrections: docs/spec/settlement.md.</content>
public abstract partial record Command
{
    /// <summary>
    /// Settles a closed epoch anew for one meter, by the difference to what was settled. By the oracle operator, with
    /// the meter's signature.
    /// </summary>
    public sealed record CorrectReading(ReadingCorrection Correction) : Command;

    /// <summary>Sets what deviations cost from the close of the open epoch on. By the oracle operator.</summary>
    /// <param name="Short">For energy that an account lacks; null for the retail price.</param>
    /// <param name="Long">For energy that it has left over; null for the feed-in price.</param>
    public sealed record SetDeviationPrices(Price? Short, Price? Long) : Command;
}
