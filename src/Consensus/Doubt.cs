using System;
using EnergyNode.Ledger;

namespace EnergyNode.Consensus;

/// <summary>
/// A validator lost its storage and may have forgotten promises (R26 of docs/spec/pbft.md, SWITCH-8 of
/// docs/spec/switch.md).
/// </summary>
/// <param name="Told">
/// The lowest height that a quorum of others did not exceed, from 2; 0 while it is unknown, or known to be too low.
/// </param>
/// <param name="Window">Heights in flight by the protocol of those who told it, from 1; 0 while it is unknown.</param>
public sealed record Doubt(Height Told, int Window)
{
    public static Doubt Unknown { get; } = new(Height.Genesis, 0);

    public bool IsUnknown => Told == Height.Genesis;

    /// <summary>All old promises are past when this height is decided; 0 while it is unknown.</summary>
    public Height Until => new(Math.Min(Told.Value + (4L * Window), Limits.MaxHeight));

    /// <summary>What is left of it in a set.</summary>
    /// <param name="since">The first height of the set.</param>
    /// <param name="decided">The last decided height.</param>
    /// <returns>Null when nothing is.</returns>
    public Doubt? At(Height since, Height decided)
    {
        // R26, SWITCH-8
        bool mayHaveReachedIt = Told < since && Told.Value + Window >= since.Value;
        return IsUnknown || mayHaveReachedIt ? Unknown
            : decided >= Until ? null
            : this;
    }

    public void Encode(BorshWriter writer)
    {
        writer.I64(Told.Value);
        writer.U16((ushort)Window);
    }

    /// <summary>Failure shows in the reader.</summary>
    public static Doubt Decode(ref BorshReader reader) =>
        new(new Height(reader.I64(0, Limits.MaxHeight)), reader.U16());
}
