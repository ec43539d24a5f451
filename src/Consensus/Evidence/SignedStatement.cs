using EnergyNode.Ledger;

namespace EnergyNode.Consensus.Evidence;

/// <summary>What one validator signed, without the blocks and certificates that travelled beside it.</summary>
/// <param name="Statement">See docs/spec/consensus-wire.md. Not to be changed.</param>
public sealed record SignedStatement(byte[] Statement, Signature Signature)
{
    internal void Encode(BorshWriter writer)
    {
        writer.Bytes(Statement);
        writer.Signature(Signature);
    }

    internal static SignedStatement Decode(ref BorshReader reader) =>
        new(reader.Bytes(Limits.MaxStatementBytes).ToArray(), reader.Signature());
}
