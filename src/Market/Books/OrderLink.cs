namespace EnergyNode.Market.Books;

/// <summary>
/// An order's neighbours in the FIFO of its level, kept apart from the order: a removal touches two neighbours, and
/// eight of these fit in a cache line. The next of a free slot is the next free one.
/// </summary>
internal struct OrderLink
{
    public int Previous;
    public int Next;
}
