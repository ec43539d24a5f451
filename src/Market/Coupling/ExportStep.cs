using System;
using EnergyNode.Ledger;

namespace EnergyNode.Market.Coupling;

/// <summary>
/// An order as a step of an <see cref="ExportCurve"/>. GRID-7: by price; at one price asks before bids, so that they
/// trade; of asks the earlier first, of bids the later, which is to go without.
/// </summary>
internal readonly record struct ExportStep(Price Price, bool Sells, long Priority, long EnergyWh)
    : IComparable<ExportStep>
{
    public static ExportStep Of(in CoupledOrder order) => new(
        order.Order.Price, order.Order.Side == Side.Sell, order.Order.Priority, order.Order.Energy.Wh);

    public int CompareTo(ExportStep other) =>
        Price != other.Price ? Price.CompareTo(other.Price)
        : Sells != other.Sells ? (Sells ? -1 : 1)
        : Sells ? Priority.CompareTo(other.Priority)
        : other.Priority.CompareTo(Priority);
}
