namespace EnergyNode.Ledger;

/// <summary>When epochs were, before the governance changed their length.</summary>
/// <param name="First">The start of epoch 0, as these epochs count back to it.</param>
public readonly record struct EpochCalendar(Instant First, Duration Length)
{
    internal void Encode(BorshWriter writer)
    {
        writer.I64(First.Micros);
        writer.I64(Length.Micros);
    }
}
