using System;
using System.Collections.Generic;
using EnergyNode.Ledger;

namespace EnergyNode.Consensus;

/// <summary>The few blocks of the height in progress, and whether their batches are held.</summary>
internal sealed class BlockShelf
{
    private readonly List<Entry> _entries = [];

    /// <summary>Keeps a block; beyond the bound the oldest goes that is not <paramref name="isNeeded"/>.</summary>
    public void Add(Block block, Predicate<Hash32> isNeeded)
    {
        if (IndexOf(block.Hash) >= 0)
        {
            return;
        }

        _entries.Add(new Entry(block));
        if (_entries.Count > Limits.MaxKnownBlocks)
        {
            // R23, POS-22
            int oldest = _entries.FindIndex(entry => !isNeeded(entry.Block.Hash));
            _entries.RemoveAt(Math.Max(oldest, 0));
        }
    }

    public Block? Find(Hash32 hash) => IndexOf(hash) is >= 0 and int at ? _entries[at].Block : null;

    public bool IsHeld(Hash32 hash) => IndexOf(hash) is >= 0 and int at && _entries[at].IsHeld;

    public void MarkHeld(Hash32 hash)
    {
        if (IndexOf(hash) is >= 0 and int at)
        {
            _entries[at].IsHeld = true;
        }
    }

    /// <summary>Whom the batches were asked from last.</summary>
    public ValidatorIndex? AskedFrom(Hash32 hash) => IndexOf(hash) is >= 0 and int at ? _entries[at].AskedFrom : null;

    public void MarkAsked(Hash32 hash, ValidatorIndex from)
    {
        if (IndexOf(hash) is >= 0 and int at)
        {
            _entries[at].AskedFrom = from;
        }
    }

    public void WriteTo(BorshWriter writer)
    {
        writer.Count(_entries.Count);
        foreach (Entry entry in _entries)
        {
            writer.Hash32(entry.Block.Hash);
            writer.Bool(entry.IsHeld);
            writer.I64(entry.AskedFrom?.Value ?? -1);
        }
    }

    /// <summary>Asked for each message: a loop, as a predicate would be an object for each.</summary>
    private int IndexOf(Hash32 hash)
    {
        for (int i = 0; i < _entries.Count; i++)
        {
            if (_entries[i].Block.Hash == hash)
            {
                return i;
            }
        }

        return -1;
    }

    private sealed class Entry(Block block)
    {
        public Block Block { get; } = block;

        public bool IsHeld { get; set; }

        public ValidatorIndex? AskedFrom { get; set; }
    }
}
