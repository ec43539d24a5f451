using System;
using System.Collections.Generic;
using EnergyNode.Ledger;

namespace EnergyNode.Consensus.Evidence;

/// <summary>
/// A statement that binds its signer at one height and view: a proposal, a vote or a view change. Status, polka and
/// checkpoint statements bind nobody and are no promises.
/// </summary>
/// <param name="Block">What is proposed or voted for; null for none and for a view change.</param>
/// <param name="Lock">
/// The lock that a view change claims, the valid value that a proposal of PoS rests on, or the one of the proposal that
/// a prevote accepts; null for none.
/// </param>
internal sealed record Promise(byte Tag, Height Height, View View, Hash32? Block, PreparedClaim? Lock)
{
    /// <summary>Tags are those of <see cref="Statement"/>: there are ten.</summary>
    public const byte HighestTag = Statement.PolkaTag;

    public bool IsProposal => Tag is Statement.PrePrepareTag or Statement.ProposalTag;

    /// <summary>A commit or a precommit for a block: from here on its signer is locked on it.</summary>
    public bool Locks => Tag is Statement.CommitTag || (Tag is Statement.PrecommitTag && Block is not null);

    /// <summary>Says on which lock its signer stands.</summary>
    public bool TellsLock => Tag is Statement.ViewChangeTag or Statement.ProposalTag;

    /// <returns>Null when the bytes are not the canonical form of a promise.</returns>
    public static Promise? Read(ReadOnlySpan<byte> statement)
    {
        BorshReader reader = new(statement);
        reader.Version(Statement.Version);
        byte tag = reader.Tag(HighestTag);
        Height height = WireFields.ReadHeight(ref reader);
        View view = WireFields.ReadView(ref reader);
        if (!reader.Ok)
        {
            return null;
        }

        Promise? promise = tag switch
        {
            Statement.PrePrepareTag or Statement.PrepareTag or Statement.CommitTag =>
                new Promise(tag, height, view, reader.Hash32(), null),
            Statement.ViewChangeTag when view > View.Zero =>
                new Promise(tag, height, view, null, FirstOf(WireFields.ReadClaims(ref reader))),
            Statement.ProposalTag => ReadProposal(height, view, ref reader),
            Statement.PrevoteTag => ReadPrevote(height, view, ref reader),
            Statement.PrecommitTag =>
                new Promise(tag, height, view, reader.Option() ? reader.Hash32() : null, null),
            _ => null,
        };
        return promise is not null && reader.End() ? promise : null;
    }

    /// <summary>A view change speaks of several heights; its promise is taken for the one that it names.</summary>
    private static PreparedClaim? FirstOf(IReadOnlyList<PreparedClaim?> claims) => claims.Count > 0 ? claims[0] : null;

    private static Promise ReadPrevote(Height height, View round, ref BorshReader reader)
    {
        if (!reader.Option())
        {
            return new Promise(Statement.PrevoteTag, height, round, null, null);
        }

        Hash32 block = reader.Hash32();
        PreparedClaim? valid = WireFields.ReadValidRound(ref reader, round) is { } of
            ? new PreparedClaim(of, block)
            : null;
        return new Promise(Statement.PrevoteTag, height, round, block, valid);
    }

    private static Promise ReadProposal(Height height, View round, ref BorshReader reader)
    {
        Hash32 block = reader.Hash32();
        PreparedClaim? valid = reader.Option() ? new PreparedClaim(WireFields.ReadView(ref reader), block) : null;
        return new Promise(Statement.ProposalTag, height, round, block, valid);
    }
}
