using System.Collections.Generic;
using EnergyNode.Ledger;

namespace EnergyNode.Consensus;

/// <summary>
/// A quorum's <see cref="ConsensusMessage.Commit"/> signatures on one block in one view, under PoS its
/// <see cref="ConsensusMessage.Precommit"/> signatures: the block is final. Anyone who knows the validator set and the
/// protocol of the height can check it with <see cref="MessageVerifier"/>.
/// </summary>
/// <param name="Votes">By rising signer, at least a quorum.</param>
public sealed record CommitCertificate(Height Height, View View, Hash32 BlockHash, IReadOnlyList<VoteSignature> Votes)
    : FinalityCertificate
{
    /// <inheritdoc/>
    public override Height Height { get; init; } = Height;

    /// <inheritdoc/>
    public override Hash32 BlockHash { get; init; } = BlockHash;

    /// <inheritdoc/>
    public override int Signatures => Votes.Count;

    /// <inheritdoc/>
    public override void Encode(BorshWriter writer)
    {
        writer.I64(Height.Value);
        writer.U32((uint)View.Value);
        writer.Hash32(BlockHash);
        WireFields.WriteVotes(writer, Votes);
    }

    /// <summary>Reads a certificate, unverified; the caller checks <see cref="BorshReader.Ok"/>.</summary>
    public static CommitCertificate Decode(ref BorshReader reader) => new(
        WireFields.ReadHeight(ref reader),
        WireFields.ReadView(ref reader),
        reader.Hash32(),
        WireFields.ReadVotes(ref reader));
}
