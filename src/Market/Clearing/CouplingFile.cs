using EnergyNode.Ledger;

namespace EnergyNode.Market.Clearing;

/// <summary>A certificate of coupled books with the proof that the state under a root says the same.</summary>
/// <param name="StateRoot">The state root after <paramref name="Height"/>, for comparison with a checkpoint.</param>
public sealed record CouplingFile(
    ChainId Chain, Height Height, Hash32 StateRoot, StateProof Proof, CouplingCertificate Certificate)
{
    /// <summary>Another than that of <see cref="ClearingFile"/>: who reads a file sees what it is.</summary>
    public const ushort Version = 2;

    /// <summary>The key of the state's leaf about this clearing.</summary>
    public static byte[] LeafKey(CouplingKey key)
    {
        BorshWriter writer = new();
        writer.U8(StateTables.Couplings);
        key.Encode(writer);
        return writer.ToArray();
    }

    private ProofHeader Header => new(Chain, Height, StateRoot, Proof);

    public void Encode(BorshWriter writer)
    {
        Header.Encode(writer, Version);
        Certificate.Encode(writer);
    }

    /// <summary>Reads a file; the caller checks <see cref="BorshReader.End"/>.</summary>
    public static CouplingFile Decode(ref BorshReader reader)
    {
        ProofHeader header = ProofHeader.Decode(ref reader, Version);
        return new CouplingFile(
            header.Chain, header.Height, header.StateRoot, header.Proof, CouplingCertificate.Decode(ref reader));
    }

    /// <returns>What is wrong, for people; null when all is as it must be.</returns>
    public string? Problem()
    {
        if (!Header.Shows(LeafKey(Certificate.Key), out System.ReadOnlyMemory<byte> leaf))
        {
            return "the proof does not show that the state has a clearing of these books and epoch";
        }

        BorshReader reader = new(leaf.Span);
        CouplingSummary summary = CouplingSummary.Decode(ref reader);
        return reader.End()
            ? CouplingCheck.Problem(Certificate, summary)
            : "the state's leaf about this clearing cannot be read";
    }
}
