using System;
using EnergyNode.Ledger;

namespace EnergyNode.Consensus.Evidence;

/// <summary>
/// Bytes that prove to anyone who knows the validator set of the height that a validator broke the protocol. What is
/// decoded is of the right form only; <see cref="EvidenceVerifier"/> says whether it proves anything.
/// </summary>
public abstract record FaultEvidence
{
    public const ushort Version = 1;
    private const string Domain = "energynode/evidence/1";

    private FaultEvidence(EvidenceKind kind, PublicKey culprit, Height height, View view)
    {
        Kind = kind;
        Culprit = culprit;
        Height = height;
        View = view;
    }

    public EvidenceKind Kind { get; }

    public PublicKey Culprit { get; }

    public Height Height { get; }

    /// <summary>The view of the offence; of two the later one.</summary>
    public View View { get; }

    /// <summary>Two statements that exclude each other, the lesser bytes first.</summary>
    public sealed record TwoStatements : FaultEvidence
    {
        internal TwoStatements(
            EvidenceKind kind, PublicKey culprit, Height height, View view, SignedStatement first,
            SignedStatement second)
            : base(kind, culprit, height, view)
        {
            First = first;
            Second = second;
        }

        public SignedStatement First { get; }

        public SignedStatement Second { get; }
    }

    /// <summary>A signed proposal with the header of its block.</summary>
    public sealed record InvalidProposal : FaultEvidence
    {
        internal InvalidProposal(
            PublicKey culprit, Height height, View view, SignedStatement proposal, BlockHeader header,
            ProposalFault fault, BatchInBlock? batch)
            : base(EvidenceKind.InvalidProposal, culprit, height, view)
        {
            Proposal = proposal;
            Header = header;
            Fault = fault;
            Batch = batch;
        }

        public SignedStatement Proposal { get; }

        public BlockHeader Header { get; }

        public ProposalFault Fault { get; }

        /// <summary>Given exactly for <see cref="ProposalFault.BadBatch"/>.</summary>
        public BatchInBlock? Batch { get; }
    }

    /// <summary>A promise by a key that has no vote.</summary>
    public sealed record Outside : FaultEvidence
    {
        internal Outside(PublicKey culprit, Height height, View view, SignedStatement vote)
            : base(EvidenceKind.OutsideSet, culprit, height, view) => Vote = vote;

        public SignedStatement Vote { get; }
    }

    /// <summary>Of two statements of one validator.</summary>
    /// <returns>Null when they do not exclude each other.</returns>
    public static FaultEvidence? Of(PublicKey culprit, SignedStatement one, SignedStatement other)
    {
        if (Promise.Read(one.Statement) is not { } first || Promise.Read(other.Statement) is not { } second
            || Contradiction.Between(first, second) is not { } kind)
        {
            return null;
        }

        View later = first.View > second.View ? first.View : second.View;
        bool isOrdered = one.Statement.AsSpan().SequenceCompareTo(other.Statement) < 0;
        return new TwoStatements(
            kind, culprit, first.Height, later, isOrdered ? one : other, isOrdered ? other : one);
    }

    /// <returns>Null when the statement is no proposal.</returns>
    public static FaultEvidence? OfProposal(
        PublicKey culprit, SignedStatement proposal, BlockHeader header, ProposalFault fault, BatchInBlock? batch) =>
        Promise.Read(proposal.Statement) is { IsProposal: true } read
            ? new InvalidProposal(culprit, read.Height, read.View, proposal, header, fault, batch)
            : null;

    /// <returns>Null when the statement is no promise.</returns>
    public static FaultEvidence? OfOutsider(PublicKey culprit, SignedStatement vote) =>
        Promise.Read(vote.Statement) is { } read ? new Outside(culprit, read.Height, read.View, vote) : null;

    public byte[] ToArray()
    {
        BorshWriter writer = new();
        writer.Version(Version);
        writer.Tag((byte)Kind);
        writer.PublicKey(Culprit);
        switch (this)
        {
            case TwoStatements two:
                two.First.Encode(writer);
                two.Second.Encode(writer);
                break;
            case InvalidProposal invalid:
                invalid.Proposal.Encode(writer);
                invalid.Header.Encode(writer);
                writer.Tag((byte)invalid.Fault);
                invalid.Batch?.Encode(writer);
                break;
            case Outside outside:
                outside.Vote.Encode(writer);
                break;
        }

        return writer.ToArray();
    }

    /// <summary>SHA-256 over the domain and the bytes.</summary>
    public static Hash32 IdOf(ReadOnlySpan<byte> evidence)
    {
        BorshWriter writer = new(evidence.Length + 64);
        writer.Ascii(Domain);
        writer.Fixed(evidence);
        return Hash32.Of(writer.WrittenSpan);
    }

    /// <summary>Reads evidence of which nothing is verified yet.</summary>
    /// <returns>Null when the bytes are not the canonical form of any.</returns>
    public static FaultEvidence? Decode(ReadOnlySpan<byte> bytes)
    {
        // E8
        if (bytes.Length > Ledger.Limits.MaxEvidenceBytes)
        {
            return null;
        }

        BorshReader reader = new(bytes);
        reader.Version(Version);
        EvidenceKind kind = (EvidenceKind)reader.Tag((byte)EvidenceKind.OutsideSet);
        PublicKey culprit = reader.PublicKey();
        FaultEvidence? evidence = kind switch
        {
            EvidenceKind.InvalidProposal => ReadProposal(culprit, ref reader),
            EvidenceKind.OutsideSet => OfOutsider(culprit, SignedStatement.Decode(ref reader)),
            _ => ReadPair(culprit, ref reader),
        };
        return reader.End() && evidence?.Kind == kind ? evidence : null;
    }

    private static FaultEvidence? ReadPair(PublicKey culprit, ref BorshReader reader)
    {
        SignedStatement first = SignedStatement.Decode(ref reader);
        SignedStatement second = SignedStatement.Decode(ref reader);
        bool isOrdered = first.Statement.AsSpan().SequenceCompareTo(second.Statement) < 0;
        return isOrdered ? Of(culprit, first, second) : null;
    }

    private static FaultEvidence? ReadProposal(PublicKey culprit, ref BorshReader reader)
    {
        SignedStatement proposal = SignedStatement.Decode(ref reader);
        BlockHeader header = BlockHeader.Decode(ref reader);
        ProposalFault fault = (ProposalFault)reader.Tag((byte)ProposalFault.BadBatch);
        BatchInBlock? batch = reader.Ok && fault == ProposalFault.BadBatch ? BatchInBlock.Decode(ref reader) : null;
        return reader.Ok ? OfProposal(culprit, proposal, header, fault, batch) : null;
    }
}
