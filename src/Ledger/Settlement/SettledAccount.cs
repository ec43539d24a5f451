namespace EnergyNode.Ledger;

/// <summary>What an account's part of an epoch came to.</summary>
/// <param name="Residual">
/// Its deviation: what it had left over, or below zero what it lacked, after all contracts (DEV-1).
/// </param>
/// <param name="Import">Over its meters.</param>
/// <param name="Export">Over its meters.</param>
/// <param name="Losses">Lost on the way of what it bought (GRID-12); not in the residual.</param>
public readonly record struct SettledAccount(Deviation Residual, WattHours Import, WattHours Export, Grid Losses)
{
    internal void Encode(BorshWriter writer)
    {
        writer.I128(Residual.Units);
        writer.I64(Import.Wh);
        writer.I64(Export.Wh);
        writer.I64(Losses.Units);
    }
}
