using System;
using System.Collections.Generic;
using EnergyNode.Ledger;

namespace EnergyNode.Consensus;

/// <summary>
/// The bytes that a validator signs: u16 version, tag, height, and the few fields that make its promise. They follow
/// from the fields alone, so a certificate needs to carry signatures only.
/// </summary>
internal static class Statement
{
    public const ushort Version = 1;
    public const byte PrePrepareTag = 0;
    public const byte PrepareTag = 1;
    public const byte CommitTag = 2;
    public const byte ViewChangeTag = 3;
    public const byte StatusTag = 4;
    public const byte CheckpointVoteTag = 5;
    public const byte ProposalTag = 6;
    public const byte PrevoteTag = 7;
    public const byte PrecommitTag = 8;
    public const byte PolkaTag = 9;
    public const byte OpenViewTag = 10;
    public const byte CommittedTag = 11;
    public const byte MinedTag = 16;
    public const byte TipTag = 17;
    public const byte WantBranchTag = 18;

    private const string Domain = "energynode/consensus/1";

    public static byte[] Of(ConsensusMessage message) => message switch
    {
        ConsensusMessage.PrePrepare m => Vote(PrePrepareTag, m.Height, m.View, m.Block.Hash),
        ConsensusMessage.Prepare m => Vote(PrepareTag, m.Height, m.View, m.BlockHash),
        ConsensusMessage.Commit m => Vote(CommitTag, m.Height, m.View, m.BlockHash),
        ConsensusMessage.ViewChange m => ViewChange(m.Height, m.NewView, m.Claims),
        ConsensusMessage.OpenView m => NewView(m),
        ConsensusMessage.Committed m => Vote(
            CommittedTag, m.Height, m.Certificate.View, m.Certificate.BlockHash),
        ConsensusMessage.Status m => Status(m),
        ConsensusMessage.CheckpointVote m => Checkpoint(m.Height, m.StateRoot, m.ReceiptsRoot, m.NextValidators),
        ConsensusMessage.Proposal m => Proposal(m),
        ConsensusMessage.Prevote m => Prevote(m.Height, m.Round, m.BlockHash, m.ValidRound),
        ConsensusMessage.Precommit m => Precommit(m.Height, m.Round, m.BlockHash),
        ConsensusMessage.Polka m => Vote(PolkaTag, m.Height, m.Certificate.View, m.Block.Hash),
        ConsensusMessage.Mined m => Mined(m.Height, m.Block.Hash, m.Difficulty, m.Nonce),
        ConsensusMessage.Tip m => Tip(m),
        ConsensusMessage.WantBranch m => WantBranch(m),
        _ => throw new ArgumentOutOfRangeException(nameof(message)),
    };

    public static byte[] Vote(byte tag, Height height, View view, Hash32 block)
    {
        BorshWriter writer = Begin(tag, height);
        writer.U32((uint)view.Value);
        writer.Hash32(block);
        return writer.ToArray();
    }

    /// <param name="block">Null is a vote for none.</param>
    /// <param name="validRound">Only of a block.</param>
    public static byte[] Prevote(Height height, View round, Hash32? block, View? validRound)
    {
        BorshWriter writer = Begin(PrevoteTag, height);
        writer.U32((uint)round.Value);
        writer.Option(block is not null);
        if (block is { } hash)
        {
            writer.Hash32(hash);
            WireFields.WriteValidRound(writer, validRound);
        }

        return writer.ToArray();
    }

    /// <summary>A precommit, which may be for none.</summary>
    public static byte[] Precommit(Height height, View round, Hash32? block)
    {
        BorshWriter writer = Begin(PrecommitTag, height);
        writer.U32((uint)round.Value);
        writer.Option(block is not null);
        if (block is { } hash)
        {
            writer.Hash32(hash);
        }

        return writer.ToArray();
    }

    public static byte[] ViewChange(Height height, View newView, IReadOnlyList<PreparedClaim?> claims)
    {
        BorshWriter writer = Begin(ViewChangeTag, height);
        writer.U32((uint)newView.Value);
        WireFields.WriteClaims(writer, claims);
        return writer.ToArray();
    }

    public static byte[] Checkpoint(Height height, Hash32 stateRoot, Hash32 receiptsRoot, Hash32 nextValidators)
    {
        BorshWriter writer = Begin(CheckpointVoteTag, height);
        writer.Hash32(stateRoot);
        writer.Hash32(receiptsRoot);
        writer.Hash32(nextValidators);
        return writer.ToArray();
    }

    public static byte[] Mined(Height height, Hash32 block, Difficulty difficulty, ulong nonce)
    {
        BorshWriter writer = Begin(MinedTag, height);
        writer.Hash32(block);
        writer.I64(difficulty.Hashes);
        writer.U64(nonce);
        return writer.ToArray();
    }

    /// <summary>The signature covers the domain and the chain as Borsh strings, then the statement as it is.</summary>
    public static byte[] SignedBytes(ChainId chain, ReadOnlySpan<byte> statement)
    {
        BorshWriter writer = new();
        writer.Ascii(Domain);
        writer.ChainId(chain);
        writer.Fixed(statement);
        return writer.ToArray();
    }

    private static byte[] NewView(ConsensusMessage.OpenView message)
    {
        BorshWriter writer = Begin(OpenViewTag, message.Height);
        writer.U32((uint)message.View.Value);
        writer.Count(message.Proof.Chosen.Count);
        foreach (PreparedBlock chosen in message.Proof.Chosen)
        {
            writer.Hash32(chosen.Block.Hash);
        }

        return writer.ToArray();
    }

    private static byte[] Proposal(ConsensusMessage.Proposal message)
    {
        BorshWriter writer = Begin(ProposalTag, message.Height);
        writer.U32((uint)message.Round.Value);
        writer.Hash32(message.Block.Hash);
        writer.Option(message.Valid is not null);
        if (message.Valid is { } valid)
        {
            writer.U32((uint)valid.View.Value);
        }

        return writer.ToArray();
    }

    private static byte[] Tip(ConsensusMessage.Tip message)
    {
        BorshWriter writer = Begin(TipTag, message.Height);
        writer.Hash32(message.Parent);
        return writer.ToArray();
    }

    private static byte[] WantBranch(ConsensusMessage.WantBranch message)
    {
        BorshWriter writer = Begin(WantBranchTag, message.Height);
        writer.Hash32(message.BlockHash);
        writer.I64(message.Above.Value);
        return writer.ToArray();
    }

    private static byte[] Status(ConsensusMessage.Status message)
    {
        BorshWriter writer = Begin(StatusTag, message.Height);
        writer.U32((uint)message.View.Value);
        writer.I64(message.Certified.Value);
        writer.Bool(message.IsBlank);
        writer.Bool(message.LacksNewView);
        return writer.ToArray();
    }

    private static BorshWriter Begin(byte tag, Height height)
    {
        BorshWriter writer = new();
        writer.Version(Version);
        writer.Tag(tag);
        writer.I64(height.Value);
        return writer;
    }
}
