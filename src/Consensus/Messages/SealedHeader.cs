using EnergyNode.Ledger;

namespace EnergyNode.Consensus;

/// <summary>A header with its proof of work: what a chain's weight is made of.</summary>
public sealed record SealedHeader(BlockHeader Header, WorkSeal Seal)
{
    /// <summary>A header of at most 36 + 4 × 32 + 3 × 8 + 2 bytes; the least is a name of one byte.</summary>
    internal const int MinBytes = 160 + Signature.Size;

    public void Encode(BorshWriter writer)
    {
        Header.Encode(writer);
        Seal.Encode(writer);
    }

    /// <summary>Reads a sealed header, unverified; the caller checks <see cref="BorshReader.Ok"/>.</summary>
    public static SealedHeader Decode(ref BorshReader reader) =>
        new(BlockHeader.Decode(ref reader), WorkSeal.Decode(ref reader));
}
