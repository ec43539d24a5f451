using System;

namespace EnergyNode.Ledger;

/// <summary>What an offence costs by itself, in parts per million of the stake, 0 to 10⁶ each.</summary>
public readonly record struct SlashFractions(
    int DoubleProposal, int DoubleVote, int Amnesia, int InvalidProposal, int ForeignVote)
{
    public const int Whole = 1_000_000;

    /// <exception cref="ArgumentOutOfRangeException">The kind is none: a bug of the caller.</exception>
    public int Of(OffenceKind kind) => kind switch
    {
        OffenceKind.DoubleProposal => DoubleProposal,
        OffenceKind.DoubleVote => DoubleVote,
        OffenceKind.Amnesia => Amnesia,
        OffenceKind.InvalidProposal => InvalidProposal,
        OffenceKind.ForeignVote => ForeignVote,
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    internal void Encode(BorshWriter writer)
    {
        writer.I64(DoubleProposal);
        writer.I64(DoubleVote);
        writer.I64(Amnesia);
        writer.I64(InvalidProposal);
        writer.I64(ForeignVote);
    }
}
