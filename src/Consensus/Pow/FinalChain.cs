using System;
using System.Collections.Generic;
using EnergyNode.Ledger;

namespace EnergyNode.Consensus.Pow;

/// <summary>The last final blocks and the work up to each, to find and weigh a fork below the last one.</summary>
internal sealed class FinalChain
{
    private readonly List<(FinalBlock Block, UInt128 Work)> _blocks = [];

    public Height Lowest => _blocks.Count == 0 ? Height.Genesis : _blocks[0].Block.Height;

    public FinalBlock? Find(Height height) => IndexOf(height) is >= 0 and int at ? _blocks[at].Block : null;

    /// <summary>The work of the blocks above a known one, up to the last.</summary>
    public UInt128 WorkAbove(Height height) =>
        IndexOf(height) is >= 0 and int at ? _blocks[^1].Work - _blocks[at].Work : 0;

    /// <param name="block">The one after the last; if it is another one, all before it is forgotten.</param>
    public void Add(FinalBlock block)
    {
        if (_blocks.Count > 0 && block.Height != _blocks[^1].Block.Height.Next)
        {
            _blocks.Clear();
        }

        UInt128 work = _blocks.Count == 0 ? 0 : _blocks[^1].Work;
        _blocks.Add((block, work + (UInt128)(block.Difficulty?.Hashes ?? 0)));
        if (_blocks.Count > Limits.MaxFinalsKept)
        {
            // W19
            _blocks.RemoveRange(0, Limits.MaxFinalsKept / 2);
        }
    }

    private int IndexOf(Height height)
    {
        long at = _blocks.Count == 0 ? -1 : height.Value - _blocks[0].Block.Height.Value;
        return at >= 0 && at < _blocks.Count ? (int)at : -1;
    }
}
