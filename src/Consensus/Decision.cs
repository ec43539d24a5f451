using EnergyNode.Ledger;

namespace EnergyNode.Consensus;

/// <summary>A block with the certificate that makes it final.</summary>
public sealed record Decision(Block Block, FinalityCertificate Certificate)
{
    public const ushort Version = 1;

    public void Encode(BorshWriter writer)
    {
        writer.Version(Version);
        Block.Encode(writer);
        Certificate.EncodeTagged(writer);
    }

    /// <summary>Reads a decision, unverified.</summary>
    /// <returns>Null when the bytes are none; the reader then says why.</returns>
    public static Decision? Decode(ref BorshReader reader)
    {
        reader.Version(Version);
        Block? block = Block.Decode(ref reader);
        FinalityCertificate certificate = FinalityCertificate.DecodeTagged(ref reader);
        return block is not null && reader.Ok ? new Decision(block, certificate) : null;
    }
}
