using System.Collections.Generic;
using EnergyNode.Ledger;

namespace EnergyNode.Consensus;

/// <summary>
/// A quorum's <see cref="ConsensusMessage.CheckpointVote"/> signatures: the state after a height, for proofs, state
/// sync and light clients.
/// </summary>
/// <param name="NextValidators">Hash of the validator set of the next height.</param>
/// <param name="Votes">By rising signer, at least a quorum of the set that decided the height.</param>
public sealed record CheckpointCertificate(
    Height Height,
    Hash32 StateRoot,
    Hash32 ReceiptsRoot,
    Hash32 NextValidators,
    IReadOnlyList<VoteSignature> Votes)
{
    public const ushort Version = 1;

    public void Encode(BorshWriter writer)
    {
        writer.Version(Version);
        writer.I64(Height.Value);
        writer.Hash32(StateRoot);
        writer.Hash32(ReceiptsRoot);
        writer.Hash32(NextValidators);
        WireFields.WriteVotes(writer, Votes);
    }

    /// <summary>Reads a certificate, unverified; the caller checks <see cref="BorshReader.Ok"/>.</summary>
    public static CheckpointCertificate Decode(ref BorshReader reader)
    {
        reader.Version(Version);
        return new CheckpointCertificate(
            WireFields.ReadHeight(ref reader),
            reader.Hash32(),
            reader.Hash32(),
            reader.Hash32(),
            WireFields.ReadVotes(ref reader));
    }
}
