using System.Numerics;

namespace EnergyNode.Market.Books;

/// <summary>
/// Order id → slot, open addressing with linear probing. Deletion shifts back, so there are no tombstones and the
/// table does not degrade however many orders pass through. It is looked up only, never enumerated.
/// </summary>
internal sealed class OrderIndex
{
    private const ulong GoldenRatio = 0x9E37_79B9_7F4A_7C15;

    private Entry[] _entries = new Entry[64];
    private int _shift = 64 - 6;

    public int Count { get; private set; }

    /// <returns>The slot, or −1.</returns>
    public int Find(long id)
    {
        Entry[] entries = _entries;
        int mask = entries.Length - 1;
        for (int at = Home(id); ; at = (at + 1) & mask)
        {
            ref readonly Entry entry = ref entries[at];
            if (entry.Id == id)
            {
                return entry.Slot;
            }

            if (entry.Id == 0)
            {
                return -1;
            }
        }
    }

    /// <param name="id">At least 1 and not in the table.</param>
    /// <param name="slot">Where the order is in the pool.</param>
    public void Add(long id, int slot)
    {
        if (Count * 2 >= _entries.Length)
        {
            Grow();
        }

        Place(id, slot);
        Count++;
    }

    /// <param name="id">In the table.</param>
    public void Remove(long id)
    {
        int mask = _entries.Length - 1;
        int hole = Home(id);
        while (_entries[hole].Id != id)
        {
            hole = (hole + 1) & mask;
        }

        for (int at = (hole + 1) & mask; _entries[at].Id != 0; at = (at + 1) & mask)
        {
            int distanceFromHome = (at - Home(_entries[at].Id)) & mask;
            if (distanceFromHome >= ((at - hole) & mask))
            {
                _entries[hole] = _entries[at];
                hole = at;
            }
        }

        _entries[hole] = default;
        Count--;
    }

    private int Home(long id) => (int)(unchecked((ulong)id * GoldenRatio) >> _shift);

    private void Place(long id, int slot)
    {
        int mask = _entries.Length - 1;
        int at = Home(id);
        while (_entries[at].Id != 0)
        {
            at = (at + 1) & mask;
        }

        _entries[at] = new Entry(id, slot);
    }

    private void Grow()
    {
        Entry[] old = _entries;
        _entries = new Entry[old.Length * 2];
        _shift = 64 - BitOperations.Log2((uint)_entries.Length);
        foreach (Entry entry in old)
        {
            if (entry.Id != 0)
            {
                Place(entry.Id, entry.Slot);
            }
        }
    }

    private readonly record struct Entry(long Id, int Slot);
}
