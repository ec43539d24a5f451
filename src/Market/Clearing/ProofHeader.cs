using System;
using EnergyNode.Ledger;

namespace EnergyNode.Market.Clearing;

/// <summary>What files about clearings begin with: of which chain, and the proof that its state says so.</summary>
/// <param name="StateRoot">The state root after <paramref name="Height"/>.</param>
internal readonly record struct ProofHeader(ChainId Chain, Height Height, Hash32 StateRoot, StateProof Proof)
{
    /// <param name="reader">The caller checks <see cref="BorshReader.Ok"/>.</param>
    /// <param name="version">The only one taken: it tells one kind of file from another.</param>
    public static ProofHeader Decode(ref BorshReader reader, ushort version)
    {
        if (reader.U16() != version)
        {
            reader.Fail(CodecError.UnknownVersion);
        }

        return new ProofHeader(
            reader.ChainId(), new Height(reader.I64(1, long.MaxValue)), reader.Hash32(), StateProof.Decode(ref reader));
    }

    public void Encode(BorshWriter writer, ushort version)
    {
        writer.Version(version);
        writer.ChainId(Chain);
        writer.I64(Height.Value);
        writer.Hash32(StateRoot);
        Proof.Encode(writer);
    }

    /// <summary>Whether the state has a leaf of a key.</summary>
    public bool Shows(byte[] key, out ReadOnlyMemory<byte> leaf) =>
        Proof.Verify(StateRoot, key, out leaf) == StateProofResult.Present;
}
