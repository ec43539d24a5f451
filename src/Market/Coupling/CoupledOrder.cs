using EnergyNode.Ledger;
using EnergyNode.Market.Clearing;

namespace EnergyNode.Market.Coupling;

/// <summary>An order that takes part in a coupled clearing.</summary>
/// <param name="Node">Where its owner is.</param>
public readonly record struct CoupledOrder(int Node, BookId Book, ClearingOrder Order)
{
    /// <summary>GRID-5: by nodes, in each as in a book (CLEAR-1).</summary>
    public bool StandsBefore(in CoupledOrder other) =>
        Node == other.Node ? Order.StandsBefore(other.Order) : Node < other.Node;
}
