using System.Numerics;

namespace EnergyNode.Market.Books;

/// <summary>
/// Order id → slot, open addressing with linear probing. Deletion shifts back, so there are no tombstones and the
/// table does not degrade however many orders pass through. An entry has the low half of the id only, which is what its
/// home follows from; the whole id is compared in the slot. Eight consecutive ids have their homes side by side,
/// because ids are given in sequence. It is looked up only, never enumerated.
/// </summary>
internal sealed class OrderIndex
{
    private const uint GoldenRatio = 0x9E37_79B9;
    private const int RunBits = 3;
    private const uint RunMask = (1u << RunBits) - 1;
    private const int FirstSizeBits = 6;

    private Entry[] _entries = new Entry[1 << FirstSizeBits];
    private int _shift = 32 - FirstSizeBits + RunBits;

    public int Count { get; private set; }

    /// <returns>The slot, or −1.</returns>
    public int Find(long id, OrderSlot[] slots)
    {
        Entry[] entries = _entries;
        int mask = entries.Length - 1;
        uint low = unchecked((uint)id);
        for (int at = Home(low); ; at = (at + 1) & mask)
        {
            Entry entry = entries[at];
            if (entry.SlotPlusOne == 0)
            {
                return OrderSlot.None;
            }

            if (entry.IdLow == low && slots[entry.SlotPlusOne - 1].Id == id)
            {
                return entry.SlotPlusOne - 1;
            }
        }
    }

    /// <param name="id">Not in the table.</param>
    /// <param name="slot">Where the order is in the pool.</param>
    public void Add(long id, int slot)
    {
        if (Count * 2 >= _entries.Length)
        {
            Grow();
        }

        Place(new Entry(unchecked((uint)id), slot + 1));
        Count++;
    }

    /// <param name="id">In the table.</param>
    /// <param name="slot">Where the order is in the pool.</param>
    public void Remove(long id, int slot)
    {
        Entry[] entries = _entries;
        int mask = entries.Length - 1;
        int hole = Home(unchecked((uint)id));
        while (entries[hole].SlotPlusOne != slot + 1)
        {
            hole = (hole + 1) & mask;
        }

        for (int at = (hole + 1) & mask; entries[at].SlotPlusOne != 0; at = (at + 1) & mask)
        {
            int distanceFromHome = (at - Home(entries[at].IdLow)) & mask;
            if (distanceFromHome >= ((at - hole) & mask))
            {
                entries[hole] = entries[at];
                hole = at;
            }
        }

        entries[hole] = default;
        Count--;
    }

    private int Home(uint low) =>
        unchecked((int)(((low >> RunBits) * GoldenRatio >> _shift << RunBits) | (low & RunMask)));

    private void Place(Entry entry)
    {
        int mask = _entries.Length - 1;
        int at = Home(entry.IdLow);
        while (_entries[at].SlotPlusOne != 0)
        {
            at = (at + 1) & mask;
        }

        _entries[at] = entry;
    }

    private void Grow()
    {
        Entry[] old = _entries;
        _entries = new Entry[old.Length * 2];
        _shift = 32 - BitOperations.Log2((uint)_entries.Length) + RunBits;
        foreach (Entry entry in old)
        {
            if (entry.SlotPlusOne != 0)
            {
                Place(entry);
            }
        }
    }

    private readonly record struct Entry(uint IdLow, int SlotPlusOne);
}
