namespace EnergyNode.Ledger;

/// <summary>An offence that was proved on the ledger.</summary>
/// <param name="Evidence">SHA-256 of the evidence that was first, with its domain (docs/spec/evidence.md).</param>
/// <param name="Height">The block that committed it.</param>
public readonly record struct CommittedOffence(Hash32 Evidence, Height Height)
{
    internal void Encode(BorshWriter writer)
    {
        writer.Hash32(Evidence);
        writer.I64(Height.Value);
    }
}
