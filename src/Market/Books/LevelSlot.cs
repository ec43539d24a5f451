namespace EnergyNode.Market.Books;

/// <summary>
/// One price level in the pool: a FIFO of orders. A free slot's <see cref="Head"/> is the next free one.
/// </summary>
internal struct LevelSlot
{
    public long Price;
    public long Total;
    public int Head;
    public int Tail;
    public int Orders;
}
