namespace EnergyNode.Ledger;

/// <summary>What corrections changed for an account since genesis; its statement includes it.</summary>
/// <param name="Cost">What the account paid on balance because of them; below zero what it got.</param>
public readonly record struct CorrectionSums(WattHours Consumption, WattHours Generation, Money Cost)
{
    internal void Encode(BorshWriter writer)
    {
        writer.I64(Consumption.Wh);
        writer.I64(Generation.Wh);
        writer.I64(Cost.Micro);
    }
}
