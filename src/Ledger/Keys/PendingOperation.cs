namespace EnergyNode.Ledger;

/// <summary>Who has approved an operation so far.</summary>
/// <param name="Approvals">Bit i stands for account i of the circle.</param>
public readonly record struct PendingOperation(Instant ValidUntil, ushort Approvals)
{
    internal void Encode(BorshWriter writer)
    {
        writer.I64(ValidUntil.Micros);
        writer.U16(Approvals);
    }
}
