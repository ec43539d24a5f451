using System.Collections.Generic;
using EnergyNode.Ledger;

namespace EnergyNode.Consensus;

/// <summary>
/// A quorum's <see cref="ConsensusMessage.Prepare"/> signatures on one block in one view, under PoS its
/// <see cref="ConsensusMessage.Prevote"/> signatures.
/// </summary>
/// <param name="Votes">By rising signer, at least a quorum.</param>
public sealed record PreparedCertificate(Height Height, View View, Hash32 BlockHash, IReadOnlyList<VoteSignature> Votes)
{
    public void Encode(BorshWriter writer)
    {
        writer.I64(Height.Value);
        writer.U32((uint)View.Value);
        writer.Hash32(BlockHash);
        WireFields.WriteVotes(writer, Votes);
    }

    /// <summary>Reads a certificate, unverified; the caller checks <see cref="BorshReader.Ok"/>.</summary>
    public static PreparedCertificate Decode(ref BorshReader reader) => new(
        WireFields.ReadHeight(ref reader),
        WireFields.ReadView(ref reader),
        reader.Hash32(),
        WireFields.ReadVotes(ref reader));
}
