using System.Collections.Generic;
using EnergyNode.Ledger;

namespace EnergyNode.Consensus.Pow;

/// <summary>Blocks whose parent has not come: of each miner the last few.</summary>
internal sealed class OrphanPool(int validators)
{
    private readonly List<Orphan>[] _byMiner = new List<Orphan>[validators];

    public bool Any
    {
        get
        {
            foreach (List<Orphan>? orphans in _byMiner)
            {
                if (orphans is { Count: > 0 })
                {
                    return true;
                }
            }

            return false;
        }
    }

    public bool Contains(ValidatorIndex miner, Hash32 hash) =>
        _byMiner[miner.Value]?.Exists(orphan => orphan.Mined.Block.Hash == hash) ?? false;

    /// <summary>Keeps a block; its miner's oldest goes when there are too many.</summary>
    public void Add(SignedMessage signed, ConsensusMessage.Mined mined)
    {
        // W9
        List<Orphan> orphans = _byMiner[signed.Sender.Value] ??= [];
        orphans.Add(new Orphan(signed, mined));
        if (orphans.Count > Limits.MaxOrphansPerMiner)
        {
            orphans.RemoveAt(0);
        }
    }

    /// <summary>Takes out the blocks that stand on this one, by rising miner.</summary>
    public List<SignedMessage> TakeChildren(Hash32 parent)
    {
        List<SignedMessage> children = [];
        foreach (List<Orphan>? orphans in _byMiner)
        {
            foreach (Orphan orphan in orphans ?? [])
            {
                if (orphan.Mined.Block.Header.Parent == parent)
                {
                    children.Add(orphan.Signed);
                }
            }

            orphans?.RemoveAll(orphan => orphan.Mined.Block.Header.Parent == parent);
        }

        return children;
    }

    public void ForgetUpTo(Height final)
    {
        foreach (List<Orphan>? orphans in _byMiner)
        {
            orphans?.RemoveAll(orphan => orphan.Mined.Height <= final);
        }
    }

    /// <summary>All of them, by rising miner.</summary>
    public IEnumerable<SignedMessage> All()
    {
        foreach (List<Orphan>? orphans in _byMiner)
        {
            foreach (Orphan orphan in orphans ?? [])
            {
                yield return orphan.Signed;
            }
        }
    }

    private sealed record Orphan(SignedMessage Signed, ConsensusMessage.Mined Mined);
}
