using System;
using System.Collections.Generic;
using EnergyNode.Ledger;

namespace EnergyNode.Consensus.Pow;

/// <summary>The blocks above the last final one, and which chain of them has the most work.</summary>
internal sealed class BlockTree(FinalBlock root)
{
    private readonly Dictionary<Hash32, TreeBlock> _byHash = [];
    private readonly List<TreeBlock> _blocks = [];

    /// <summary>The last final block.</summary>
    public FinalBlock Root { get; private set; } = root;

    /// <summary>The work of the root and all below it since the machine began.</summary>
    public UInt128 RootWork { get; private set; }

    /// <summary>The top of the heaviest usable chain; null when that is the root.</summary>
    public TreeBlock? Best { get; private set; }

    public FinalBlock Head => Best?.Point ?? Root;

    public UInt128 HeadWork => Best?.Work ?? RootWork;

    /// <summary>In the order of arrival, so parents come first.</summary>
    public IReadOnlyList<TreeBlock> Blocks => _blocks;

    public TreeBlock? Find(Hash32 hash) => _byHash.GetValueOrDefault(hash);

    /// <summary>The root or a block above it.</summary>
    public FinalBlock? PointAt(Hash32 hash) => hash == Root.Hash ? Root : Find(hash)?.Point;

    /// <param name="signed">Checked: its parent is the root or in the tree.</param>
    public TreeBlock Add(SignedMessage signed, ConsensusMessage.Mined mined)
    {
        TreeBlock? below = Find(mined.Block.Header.Parent);
        UInt128 work = (below?.Work ?? RootWork) + (UInt128)mined.Difficulty.Hashes;
        TreeBlock block = new(signed, mined, below, work);
        _byHash.Add(block.Hash, block);
        _blocks.Add(block);
        if (_blocks.Count > Limits.MaxTreeBlocks)
        {
            DropLightest(block);
        }

        return block;
    }

    /// <summary>The batches of a block are here: it and blocks above it may have become usable.</summary>
    /// <returns>Whether the heaviest chain is another one now.</returns>
    public bool MarkHeld(TreeBlock block)
    {
        block.IsHeld = true;
        TreeBlock? before = Best;
        foreach (TreeBlock each in _blocks)
        {
            if (!each.IsUsable && each.IsHeld && each.Below is not { IsUsable: false })
            {
                // W6
                each.IsUsable = true;
                Best = each.Work > HeadWork ? each : Best;
            }
        }

        return Best != before;
    }

    /// <summary>The blocks from above the root up to one of the tree.</summary>
    public List<TreeBlock> PathTo(TreeBlock top)
    {
        List<TreeBlock> path = [];
        for (TreeBlock? at = top; at is not null; at = at.Below)
        {
            path.Add(at);
        }

        path.Reverse();
        return path;
    }

    /// <summary>Makes a block final: everything that does not stand on it goes.</summary>
    /// <param name="block">A child of the root.</param>
    public void Advance(FinalBlock block)
    {
        RootWork += (UInt128)(block.Difficulty?.Hashes ?? 0);
        Root = block;
        TreeBlock? child = Find(block.Hash);
        Keep(each => child is not null && each != child && each.Reaches(child));
        foreach (TreeBlock each in _blocks)
        {
            if (each.Below == child)
            {
                each.Uproot();
            }
        }
    }

    /// <summary>Nothing above the root is of use any more.</summary>
    public void Clear() => Keep(static _ => false);

    private void Keep(Predicate<TreeBlock> isKept)
    {
        _blocks.RemoveAll(each => !isKept(each) && _byHash.Remove(each.Hash));
        if (Best is not null && Find(Best.Hash) is null)
        {
            Best = null;
            foreach (TreeBlock each in _blocks)
            {
                Best = each.IsUsable && each.Work > HeadWork ? each : Best;
            }
        }
    }

    /// <summary>Makes room: the top with the least work goes, unless it is the best one's or new.</summary>
    private void DropLightest(TreeBlock added)
    {
        // W19
        HashSet<TreeBlock> parents = [added];
        foreach (TreeBlock each in _blocks)
        {
            if (each.Below is { } below)
            {
                parents.Add(below);
            }
        }

        TreeBlock? lightest = null;
        foreach (TreeBlock each in _blocks)
        {
            bool isFree = each != Best && !parents.Contains(each);
            lightest = isFree && (lightest is null || each.Work < lightest.Work) ? each : lightest;
        }

        lightest ??= added;
        _blocks.Remove(lightest);
        _byHash.Remove(lightest.Hash);
    }
}
