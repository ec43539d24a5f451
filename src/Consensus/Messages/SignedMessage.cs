using System;
using EnergyNode.Ledger;

namespace EnergyNode.Consensus;

/// <summary>
/// A message with its sender's signature. On the wire: u16 version, u16 sender, the statement as a byte string, the
/// signature, then the body: nothing for votes, block and justification for a proposal, certificate votes and block for
/// a view change or a polka, the block that was mined.
/// </summary>
public sealed class SignedMessage
{
    public const ushort Version = 1;

    /// <summary>No message is longer on the wire.</summary>
    public const int MaxBytes = Limits.MaxSignedMessageBytes;

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
                writer.Option(proposal.Justification is not null);
                proposal.Justification?.Encode(writer);
                break;
            case ConsensusMessage.ViewChange { Prepared: { } prepared, Block: { } block }:
                WireFields.WriteVotes(writer, prepared.Votes);
                block.Encode(writer);
                break;
            case ConsensusMessage.Proposal proposal:
                proposal.Block.Encode(writer);
                if (proposal.Valid is { } valid)
                {
                    WireFields.WriteVotes(writer, valid.Votes);
                }

                break;
            case ConsensusMessage.Polka polka:
                WireFields.WriteVotes(writer, polka.Certificate.Votes);
                polka.Block.Encode(writer);
                break;
            case ConsensusMessage.Mined mined:
                mined.Block.Encode(writer);
                break;
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
            Statement.PrevoteTag => Whole(
                new ConsensusMessage.Prevote(height, WireFields.ReadView(ref reader), ReadBallot(ref reader)),
                ref reader),
            Statement.PrecommitTag => Whole(
                new ConsensusMessage.Precommit(height, WireFields.ReadView(ref reader), ReadBallot(ref reader)),
                ref reader),
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
        height, WireFields.ReadView(ref reader), new Height(reader.I64(0, Limits.MaxHeight)));

    private static ConsensusMessage.PrePrepare? ReadProposal(
        Height height, ref BorshReader reader, ref BorshReader body)
    {
        View view = WireFields.ReadView(ref reader);
        Hash32 hash = reader.Hash32();
        if (!reader.End() || Block.Decode(ref body) is not { } block || block.Hash != hash || block.Height != height)
        {
            return null;
        }

        NewView? justification = body.Option() ? NewView.Decode(ref body) : null;
        return new ConsensusMessage.PrePrepare(height, view, block, justification);
    }

    private static ConsensusMessage.ViewChange? ReadViewChange(
        Height height, ref BorshReader reader, ref BorshReader body)
    {
        View newView = WireFields.ReadView(ref reader);
        PreparedClaim? claim = WireFields.ReadClaim(ref reader);
        if (!reader.End() || newView == View.Zero)
        {
            return null;
        }

        if (claim is null)
        {
            return new ConsensusMessage.ViewChange(height, newView, null, null);
        }

        PreparedCertificate prepared = new(height, claim.View, claim.BlockHash, WireFields.ReadVotes(ref body));
        Block? block = Block.Decode(ref body);
        return block is not null && block.Hash == claim.BlockHash && block.Height == height
            ? new ConsensusMessage.ViewChange(height, newView, prepared, block)
            : null;
    }

    private static Hash32? ReadBallot(ref BorshReader reader) => reader.Option() ? reader.Hash32() : null;

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
            ? new PreparedCertificate(height, view, hash, WireFields.ReadVotes(ref body))
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

        PreparedCertificate certificate = new(height, round, hash, WireFields.ReadVotes(ref body));
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
