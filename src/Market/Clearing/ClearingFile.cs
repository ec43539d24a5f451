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

    public void Encode(BorshWriter writer)
    {
        writer.Version(Version);
        writer.ChainId(Chain);
        writer.I64(Height.Value);
        writer.Hash32(StateRoot);
        Proof.Encode(writer);
        Certificate.Encode(writer);
    }

    /// <summary>Reads a file; the caller checks <see cref="BorshReader.End"/>.</summary>
    public static ClearingFile Decode(ref BorshReader reader)
    {
        reader.Version(Version);
        return new ClearingFile(
            reader.ChainId(),
            new Height(reader.I64(1, long.MaxValue)),
            reader.Hash32(),
            StateProof.Decode(ref reader),
            ClearingCertificate.Decode(ref reader));
    }

    /// <returns>What is wrong, for people; null when all is as it must be.</returns>
    public string? Problem()
    {
        StateProofResult result = Proof.Verify(
            StateRoot, LeafKey(Certificate.Book, Certificate.Epoch), out System.ReadOnlyMemory<byte> leaf);
        if (result != StateProofResult.Present)
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
