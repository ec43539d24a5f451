namespace EnergyNode.Ledger;

/// <summary>
/// What the state keeps of the clearing of coupled books: enough to refute any other account of it. The whole
/// certificate is docs/spec/clearing.md.
/// </summary>
/// <param name="NodesRoot">Of all nodes of the network with what their lines carried and their prices.</param>
/// <param name="OrdersRoot">Of all orders that took part, node by node.</param>
/// <param name="TradesRoot">Of all trades in the order in which they were paired.</param>
/// <param name="Rent">What buyers pay beyond what sellers get: to the grid operator.</param>
public readonly record struct CouplingSummary(
    Hash32 NodesRoot,
    Hash32 OrdersRoot,
    Hash32 TradesRoot,
    long Nodes,
    long Orders,
    long Trades,
    WattHours Volume,
    Money Rent)
{
    public void Encode(BorshWriter writer)
    {
        writer.Hash32(NodesRoot);
        writer.Hash32(OrdersRoot);
        writer.Hash32(TradesRoot);
        writer.I64(Nodes);
        writer.I64(Orders);
        writer.I64(Trades);
        writer.I64(Volume.Wh);
        writer.I64(Rent.Micro);
    }

    /// <summary>Reads a summary; the caller checks <see cref="BorshReader.Ok"/>.</summary>
    public static CouplingSummary Decode(ref BorshReader reader) => new(
        reader.Hash32(),
        reader.Hash32(),
        reader.Hash32(),
        reader.I64(),
        reader.I64(),
        reader.I64(),
        new WattHours(reader.I64()),
        new Money(reader.I64()));
}
