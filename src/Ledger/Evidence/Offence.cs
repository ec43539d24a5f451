using System;

namespace EnergyNode.Ledger;

/// <summary>
/// Who broke the protocol, where and how. However many bytes prove it, it is one offence and is punished once.
/// </summary>
/// <param name="View">The attempt at the height; of two the later one.</param>
public readonly record struct Offence(PublicKey Culprit, Height Height, long View, OffenceKind Kind)
    : IComparable<Offence>
{
    public int CompareTo(Offence other)
    {
        int byCulprit = Culprit.CompareTo(other.Culprit);
        int byHeight = byCulprit != 0 ? byCulprit : Height.CompareTo(other.Height);
        int byView = byHeight != 0 ? byHeight : View.CompareTo(other.View);
        return byView != 0 ? byView : Kind.CompareTo(other.Kind);
    }

    internal void Encode(BorshWriter writer)
    {
        writer.PublicKey(Culprit);
        writer.I64(Height.Value);
        writer.I64(View);
        writer.U8((byte)Kind);
    }
}
