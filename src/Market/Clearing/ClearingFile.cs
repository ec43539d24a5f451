using EnergyNode.Ledger;

namespace EnergyNode.Market.Clearing;

/// <summary>
/// A certificate with the proof that the state under a root says the same: what is handed to an outsider.
/// </summary>
/// <param name="StateRoot">The state root after <paramref name="Height"/>, for comparison with a checkpoint.</param>
public sealed record ClearingFile(
    ChainId Chain, Height Height, Hash32 StateRoot, StateProof Proof, ClearingCertificate Certificate)
{
    public const ushort Version = 1;

    /// <summary>The key of the state's leaf about this clearing.</summary>
    public static byte[] LeafKey(BookId book, EpochIndex epoch)
    {
        BorshWriter writer = new();
        writer.U8(StateTables.Clearings);
        writer.BookId(book);
        writer.I64(epoch.Value);
        return writer.ToArray();
    }

    private ProofHeader Header => new(Chain, Height, StateRoot, Proof);

    public void Encode(BorshWriter writer)
    {
        Header.Encode(writer, Version);
        Certificate.Encode(writer);
    }

    /// <summary>Reads a file; the caller checks <see cref="BorshReader.End"/>.</summary>
    public static ClearingFile Decode(ref BorshReader reader)
    {
        ProofHeader header = ProofHeader.Decode(ref reader, Version);
        return new ClearingFile(
            header.Chain, header.Height, header.StateRoot, header.Proof, ClearingCertificate.Decode(ref reader));
    }

    /// <returns>What is wrong, for people; null when all is as it must be.</returns>
    public string? Problem()
    {
        if (!Header.Shows(LeafKey(Certificate.Book, Certificate.Epoch), out System.ReadOnlyMemory<byte> leaf))
        {
            return "the proof does not show that the state has a clearing of this book and epoch";
        }

        BorshReader reader = new(leaf.Span);
        ClearingSummary summary = ClearingSummary.Decode(ref reader);
        return reader.End()
            ? ClearingCheck.Problem(Certificate, summary)
            : "the state's leaf about this clearing cannot be read";
    }
}
