using System;
using EnergyNode.Ledger;
using EnergyNode.Market.Clearing;

namespace EnergyNode.Market.Coupling;

/// <summary>An order that takes part in a coupled clearing.</summary>
/// <param name="Node">Where its owner is.</param>
public readonly record struct CoupledOrder(int Node, BookId Book, ClearingOrder Order)
{
    internal const int MinBytes = 4 + 5 + ClearingOrder.MinBytes;

    /// <summary>As <see cref="StandsBefore"/>, to sort by.</summary>
    public static readonly Comparison<CoupledOrder> InOrder = static (left, right) =>
        left.Order.Order == right.Order.Order ? 0 : left.StandsBefore(right) ? -1 : 1;

    /// <summary>GRID-5: by nodes, in each as in a book (CLEAR-1).</summary>
    public bool StandsBefore(in CoupledOrder other) =>
        Node == other.Node ? Order.StandsBefore(other.Order) : Node < other.Node;

    internal void Encode(BorshWriter writer)
    {
        writer.U32((uint)Node);
        writer.BookId(Book);
        Order.Encode(writer);
    }

    internal static CoupledOrder Decode(ref BorshReader reader) =>
        new((int)reader.U32(), reader.BookId(), ClearingOrder.Decode(ref reader));
}
