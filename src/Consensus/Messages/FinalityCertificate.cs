using EnergyNode.Ledger;

namespace EnergyNode.Consensus;

/// <summary>
/// Why a block is final. A closed set: a <see cref="CommitCertificate"/> under PBFT and PoS, a
/// <see cref="WorkCertificate"/> under PoW. Which of them a height needs follows from its protocol, never from the
/// bytes.
/// </summary>
public abstract record FinalityCertificate
{
    private const byte VotesTag = 0;
    private const byte WorkTag = 1;

    private protected FinalityCertificate()
    {
    }

    public abstract Height Height { get; init; }

    public abstract Hash32 BlockHash { get; init; }

    /// <summary>Signatures in it.</summary>
    public abstract int Signatures { get; }

    /// <summary>A tag, then the certificate.</summary>
    public void EncodeTagged(BorshWriter writer)
    {
        writer.Tag(this is WorkCertificate ? WorkTag : VotesTag);
        Encode(writer);
    }

    public abstract void Encode(BorshWriter writer);

    /// <summary>Reads a certificate, unverified; the caller checks <see cref="BorshReader.Ok"/>.</summary>
    public static FinalityCertificate DecodeTagged(ref BorshReader reader) => reader.Tag(WorkTag) == WorkTag
        ? WorkCertificate.Decode(ref reader)
        : CommitCertificate.Decode(ref reader);
}
