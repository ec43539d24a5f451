using System;
using System.Collections.Generic;
using EnergyNode.Consensus.Evidence;
using EnergyNode.Ledger;

namespace EnergyNode.Consensus;

/// <summary>
/// A message with its sender's signature. On the wire: u16 version, u16 sender, the statement as a byte string, the
/// signature, then the body: nothing for votes, the block of a proposal, certificates and blocks of what shows others
/// where a quorum stands, the block that was mined.
/// </summary>
public sealed class SignedMessage
{
    public const ushort Version = 1;

    /// <summary>No message is longer on the wire.</summary>
    public const int MaxBytes = Limits.MaxSignedMessageBytes;

    private SignedStatement? _signed;

    internal SignedMessage(ValidatorIndex sender, byte[] bytes, Signature signature, ConsensusMessage message)
    {
        Sender = sender;
        Bytes = bytes;
        Signature = signature;
        Message = message;
    }

    public ValidatorIndex Sender { get; }

    /// <summary>The statement exactly as it was received and signed. Not to be changed.</summary>
    public byte[] Bytes { get; }

    public Signature Signature { get; }

    /// <summary>Statement and signature alone; one object for all who remember it.</summary>
    public SignedStatement Signed => _signed ??= new SignedStatement(Bytes, Signature);

    public ConsensusMessage Message { get; }

    public byte[] ToArray()
    {
        BorshWriter writer = new();
        Encode(writer);
        return writer.ToArray();
    }

    public void Encode(BorshWriter writer)
    {
        writer.Version(Version);
        writer.U16((ushort)Sender.Value);
        writer.Bytes(Bytes);
        writer.Signature(Signature);
        switch (Message)
        {
            case ConsensusMessage.PrePrepare proposal:
                proposal.Block.Encode(writer);
                break;
            case ConsensusMessage.ViewChange change:
                foreach (PreparedBlock? prepared in change.Prepared)
                {
                    WriteClaimed(writer, prepared);
                }

                WireFields.WriteDecided(writer, change.Decided);
                break;
            case ConsensusMessage.OpenView newView:
                newView.Proof.Encode(writer);
                break;
            case ConsensusMessage.Committed decided:
                WireFields.WriteVotes(writer, decided.Certificate.Votes);
                break;
            case ConsensusMessage.Proposal proposal:
                proposal.Block.Encode(writer);
                if (proposal.Valid is { } valid)
                {
                    valid.WritePolka(writer);
                }

                break;
            case ConsensusMessage.Polka polka:
                polka.Certificate.WritePolka(writer);
                polka.Block.Encode(writer);
                break;
            case ConsensusMessage.Mined mined:
                mined.Block.Encode(writer);
                break;
        }
    }

    private static void WriteClaimed(BorshWriter writer, PreparedBlock? prepared)
    {
        if (prepared is not null)
        {
            WireFields.WriteVotes(writer, prepared.Certificate.Votes);
            prepared.Block.Encode(writer);
        }
    }

    /// <summary>Reads a whole message of which nothing is verified yet.</summary>
    /// <returns>Null when the bytes are not the canonical form of a message.</returns>
    public static SignedMessage? Decode(ReadOnlySpan<byte> wire)
    {
        if (wire.Length > MaxBytes)
        {
            return null;
        }

        BorshReader reader = new(wire);
        reader.Version(Version);
        ValidatorIndex sender = WireFields.ReadSigner(ref reader, previous: -1);
        byte[] statement = reader.Bytes(Limits.MaxStatementBytes).ToArray();
        Signature signature = reader.Signature();
        if (!reader.Ok)
        {
            return null;
        }

        ConsensusMessage? message = ReadMessage(statement, ref reader);
        return message is not null && reader.End() ? new SignedMessage(sender, statement, signature, message) : null;
    }

    private static ConsensusMessage? ReadMessage(ReadOnlySpan<byte> bytes, ref BorshReader body)
    {
        BorshReader reader = new(bytes);
        reader.Version(Statement.Version);
        byte tag = reader.Tag(Statement.WantBranchTag);
        Height height = WireFields.ReadHeight(ref reader);
        return tag switch
        {
            Statement.PrePrepareTag => ReadProposal(height, ref reader, ref body),
            Statement.PrepareTag => Whole(
                new ConsensusMessage.Prepare(height, WireFields.ReadView(ref reader), reader.Hash32()), ref reader),
            Statement.CommitTag => Whole(
                new ConsensusMessage.Commit(height, WireFields.ReadView(ref reader), reader.Hash32()), ref reader),
            Statement.ViewChangeTag => ReadViewChange(height, ref reader, ref body),
            Statement.StatusTag => Whole(ReadStatus(height, ref reader), ref reader),
            Statement.CheckpointVoteTag => Whole(
                new ConsensusMessage.CheckpointVote(height, reader.Hash32(), reader.Hash32(), reader.Hash32()),
                ref reader),
            Statement.ProposalTag => ReadRoundProposal(height, ref reader, ref body),
            Statement.PrevoteTag => Whole(ReadPrevote(height, ref reader), ref reader),
            Statement.PrecommitTag => Whole(
                new ConsensusMessage.Precommit(height, WireFields.ReadView(ref reader), ReadBallot(ref reader)),
                ref reader),
            Statement.OpenViewTag => ReadNewView(height, ref reader, ref body),
            Statement.CommittedTag => ReadDecided(height, ref reader, ref body),
            Statement.PolkaTag => ReadPolka(height, ref reader, ref body),
            Statement.MinedTag => ReadMined(height, ref reader, ref body),
            Statement.TipTag => Whole(new ConsensusMessage.Tip(height, reader.Hash32()), ref reader),
            Statement.WantBranchTag => Whole(
                new ConsensusMessage.WantBranch(height, reader.Hash32(), new Height(reader.I64(0, Limits.MaxHeight))),
                ref reader),
            _ => null,
        };
    }

    private static ConsensusMessage.Status ReadStatus(Height height, ref BorshReader reader) => new(
        height, WireFields.ReadView(ref reader), new Height(reader.I64(0, Limits.MaxHeight)))
    {
        IsBlank = reader.Bool(),
        LacksNewView = reader.Bool(),
    };

    private static ConsensusMessage.PrePrepare? ReadProposal(
        Height height, ref BorshReader reader, ref BorshReader body)
    {
        View view = WireFields.ReadView(ref reader);
        Hash32 hash = reader.Hash32();
        if (!reader.End() || Block.Decode(ref body) is not { } block || block.Hash != hash || block.Height != height)
        {
            return null;
        }

        return new ConsensusMessage.PrePrepare(height, view, block);
    }

    private static ConsensusMessage.ViewChange? ReadViewChange(
        Height height, ref BorshReader reader, ref BorshReader body)
    {
        View newView = WireFields.ReadView(ref reader);
        IReadOnlyList<PreparedClaim?> claims = WireFields.ReadClaims(ref reader);
        if (!reader.End() || newView == View.Zero)
        {
            return null;
        }

        List<PreparedBlock?> prepared = new(claims.Count);
        for (int i = 0; i < claims.Count; i++)
        {
            if (claims[i] is not { } claim)
            {
                prepared.Add(null);
                continue;
            }

            Height at = new(height.Value + i);
            PreparedCertificate certificate = new(at, claim.View, claim.BlockHash, WireFields.ReadVotes(ref body));
            if (Block.Decode(ref body) is not { } block || block.Hash != claim.BlockHash || block.Height != at)
            {
                return null;
            }

            prepared.Add(new PreparedBlock(certificate, block));
        }

        return new ConsensusMessage.ViewChange(height, newView, prepared, WireFields.ReadDecided(ref body));
    }

    private static ConsensusMessage.OpenView? ReadNewView(Height height, ref BorshReader reader, ref BorshReader body)
    {
        View view = WireFields.ReadView(ref reader);
        int count = reader.Count(Ledger.Limits.MaxConsensusWindow, Hash32.Size);
        Hash32[] hashes = new Hash32[count];
        for (int i = 0; i < count; i++)
        {
            hashes[i] = reader.Hash32();
        }

        if (!reader.End() || view == View.Zero || NewViewProof.Decode(ref body) is not { } proof)
        {
            return null;
        }

        bool fits = proof.Chosen.Count == count;
        for (int i = 0; i < count && fits; i++)
        {
            fits = proof.Chosen[i].Block.Hash == hashes[i];
        }

        return fits ? new ConsensusMessage.OpenView(height, view, proof) : null;
    }

    private static ConsensusMessage.Committed? ReadDecided(Height height, ref BorshReader reader, ref BorshReader body)
    {
        View view = WireFields.ReadView(ref reader);
        Hash32 hash = reader.Hash32();
        return reader.End()
            ? new ConsensusMessage.Committed(
                new CommitCertificate(height, view, hash, WireFields.ReadVotes(ref body)))
            : null;
    }

    private static Hash32? ReadBallot(ref BorshReader reader) => reader.Option() ? reader.Hash32() : null;

    private static ConsensusMessage.Prevote ReadPrevote(Height height, ref BorshReader reader)
    {
        View round = WireFields.ReadView(ref reader);
        return ReadBallot(ref reader) is { } block
            ? new ConsensusMessage.Prevote(height, round, block, WireFields.ReadValidRound(ref reader, round))
            : new ConsensusMessage.Prevote(height, round, null);
    }

    private static ConsensusMessage.Proposal? ReadRoundProposal(
        Height height, ref BorshReader reader, ref BorshReader body)
    {
        View round = WireFields.ReadView(ref reader);
        Hash32 hash = reader.Hash32();
        View? validRound = reader.Option() ? WireFields.ReadView(ref reader) : null;
        if (!reader.End() || Block.Decode(ref body) is not { } block || block.Hash != hash || block.Height != height)
        {
            return null;
        }

        PreparedCertificate? valid = validRound is { } view
            ? PreparedCertificate.ReadPolka(height, view, hash, ref body)
            : null;
        return new ConsensusMessage.Proposal(height, round, block, valid);
    }

    private static ConsensusMessage.Polka? ReadPolka(Height height, ref BorshReader reader, ref BorshReader body)
    {
        View round = WireFields.ReadView(ref reader);
        Hash32 hash = reader.Hash32();
        if (!reader.End())
        {
            return null;
        }

        PreparedCertificate certificate = PreparedCertificate.ReadPolka(height, round, hash, ref body);
        return Block.Decode(ref body) is { } block && block.Hash == hash && block.Height == height
            ? new ConsensusMessage.Polka(certificate, block)
            : null;
    }

    private static ConsensusMessage.Mined? ReadMined(Height height, ref BorshReader reader, ref BorshReader body)
    {
        Hash32 hash = reader.Hash32();
        Difficulty difficulty = WireFields.ReadDifficulty(ref reader);
        ulong nonce = reader.U64();
        return reader.End() && Block.Decode(ref body) is { } block && block.Hash == hash && block.Height == height
            ? new ConsensusMessage.Mined(height, block, difficulty, nonce)
            : null;
    }

    private static T? Whole<T>(T message, ref BorshReader reader)
        where T : ConsensusMessage => reader.End() ? message : null;
}
