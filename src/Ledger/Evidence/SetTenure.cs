namespace EnergyNode.Ledger;

/// <summary>Since when the validator set in force decides: evidence is judged by the set of its height.</summary>
/// <param name="Set">The hash of the set.</param>
/// <param name="Since">The first height that it decided.</param>
public readonly record struct SetTenure(Hash32 Set, Height Since)
{
    internal void Encode(BorshWriter writer)
    {
        writer.Hash32(Set);
        writer.I64(Since.Value);
    }
}
