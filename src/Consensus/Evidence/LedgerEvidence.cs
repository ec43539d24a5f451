using System;
using EnergyNode.Ledger;

namespace EnergyNode.Consensus.Evidence;

/// <summary>The ledger's view of evidence: which offence, and whether it is proved.</summary>
public sealed class LedgerEvidence(ChainId chain, ISignatureVerifier signatures) : IEvidenceVerifier
{
    private readonly EvidenceVerifier _verifier = new(chain, signatures);

    public static Offence OffenceOf(FaultEvidence evidence) =>
        new(evidence.Culprit, evidence.Height, evidence.View.Value, KindOf(evidence.Kind));

    /// <inheritdoc/>
    public Offence? Read(ReadOnlySpan<byte> evidence) =>
        FaultEvidence.Decode(evidence) is { } decoded ? OffenceOf(decoded) : null;

    /// <inheritdoc/>
    public bool Proves(ReadOnlySpan<byte> evidence, ValidatorSet set) =>
        _verifier.Verify(evidence, _ => set, out _) == EvidenceRefusal.None;

    /// <inheritdoc/>
    public Hash32 IdOf(ReadOnlySpan<byte> evidence) => FaultEvidence.IdOf(evidence);

    /// <summary>The ledger punishes by coarser kinds.</summary>
    private static OffenceKind KindOf(EvidenceKind kind) => kind switch
    {
        EvidenceKind.DoubleProposal => OffenceKind.DoubleProposal,
        EvidenceKind.Amnesia => OffenceKind.Amnesia,
        EvidenceKind.InvalidProposal => OffenceKind.InvalidProposal,
        EvidenceKind.OutsideSet => OffenceKind.ForeignVote,
        _ => OffenceKind.DoubleVote,
    };
}
