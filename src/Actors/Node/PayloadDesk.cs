using System.Collections.Generic;
using System.Linq;
using EnergyNode.Consensus;
using EnergyNode.Ledger;

namespace EnergyNode.Actors.Node;

/// <summary>
/// The batches of blocks that consensus works on: which are held, which must be pulled, and from whom. Batches that the
/// pool would not take (a full pool, a foreign quota) are held here, bounded by the blocks that are wanted.
/// </summary>
internal sealed class PayloadDesk(Mempool pool)
{
    private readonly Dictionary<Hash32, Verified<SignedBatch>> _held = [];
    private readonly List<Wanted> _wanted = [];
    private readonly List<Block> _complete = [];

    public Verified<SignedBatch>? Find(Hash32 batch) =>
        _held.TryGetValue(batch, out Verified<SignedBatch> held) ? held : pool.Find(batch);

    public bool Holds(Hash32 batch) => _held.ContainsKey(batch);

    public void Hold(IReadOnlyList<Verified<SignedBatch>> batches)
    {
        foreach (Verified<SignedBatch> batch in batches)
        {
            _held[batch.Value.Hash] = batch;
        }
    }

    public void HoldIfWanted(Verified<SignedBatch> batch)
    {
        foreach (Wanted wanted in _wanted)
        {
            if (wanted.Missing.Contains(batch.Value.Hash))
            {
                _held[batch.Value.Hash] = batch;
                return;
            }
        }
    }

    public void Want(Block block, PublicKey from)
    {
        _wanted.RemoveAll(wanted => wanted.Block.Hash == block.Hash);
        if (_wanted.Count == Limits.MaxWantedBlocks)
        {
            _wanted.RemoveAt(0);
        }

        _wanted.Add(new Wanted(block, from));
    }

    /// <summary>
    /// Blocks that have become complete since the last call; each is named once for each request. A block whose batches
    /// are larger than a block may be never is: no honest validator votes for it.
    /// </summary>
    public List<Block> TakeComplete()
    {
        List<Block> complete = [];
        foreach (Wanted wanted in _wanted)
        {
            wanted.Missing.RemoveWhere(hash => Find(hash) is not null);
            if (wanted.Missing.Count == 0 && IsWithinLimit(wanted.Block))
            {
                complete.Add(wanted.Block);
                Pin(wanted.Block);
                Keep(wanted.Block);
            }
        }

        _wanted.RemoveAll(wanted => wanted.Missing.Count == 0);
        return complete;
    }

    /// <summary>What to ask of whom now: first the one who should have it, then the others in turn.</summary>
    public List<(PublicKey From, List<Hash32> Missing)> NextRequests(IReadOnlyList<PublicKey> others)
    {
        List<(PublicKey, List<Hash32>)> requests = [];
        foreach (Wanted wanted in _wanted)
        {
            List<Hash32> missing = [.. wanted.Missing];
            missing.Sort();
            PublicKey from = wanted.Requests == 0 || others.Count == 0
                ? wanted.From
                : others[(wanted.Requests - 1) % others.Count];
            wanted.Requests++;
            requests.Add((from, missing));
        }

        return requests;
    }

    /// <returns>Null when a batch is missing: consensus decided what it was not told to be complete.</returns>
    public DecidedBlock? Assemble(Verified<Decision> decision)
    {
        List<Verified<SignedBatch>> batches = [];
        foreach (Hash32 hash in decision.Value.Block.Batches)
        {
            if (Find(hash) is not { } batch)
            {
                return null;
            }

            batches.Add(batch);
        }

        return new DecidedBlock(decision, batches);
    }

    /// <summary>Lets go of everything up to an executed height.</summary>
    public void Forget(Height executed)
    {
        _wanted.RemoveAll(wanted => wanted.Block.Height <= executed);
        _complete.RemoveAll(block => block.Height <= executed);
        if (_wanted.Count == 0 && _held.Count > 0)
        {
            HashSet<Hash32> needed = [];
            foreach (Block block in _complete)
            {
                needed.UnionWith(block.Batches);
            }

            foreach (Hash32 batch in _held.Keys.ToArray())
            {
                if (!needed.Contains(batch))
                {
                    _held.Remove(batch);
                }
            }
        }
    }

    private void Keep(Block block)
    {
        _complete.RemoveAll(known => known.Hash == block.Hash);
        _complete.Add(block);
        if (_complete.Count > Limits.MaxCompleteBlocks)
        {
            _complete.RemoveAt(0);
        }
    }

    private bool IsWithinLimit(Block block)
    {
        long bytes = 0;
        foreach (Hash32 hash in block.Batches)
        {
            bytes += Find(hash)!.Value.Value.Bytes.Length;
        }

        return bytes <= Ledger.Limits.MaxBlockBytes;
    }

    /// <summary>A complete block stays complete, whatever the pool drops until it is decided.</summary>
    private void Pin(Block block)
    {
        foreach (Hash32 hash in block.Batches)
        {
            if (pool.Find(hash) is { } batch)
            {
                _held[hash] = batch;
            }
        }
    }

    private sealed class Wanted(Block block, PublicKey from)
    {
        public Block Block => block;

        public PublicKey From => from;

        public int Requests { get; set; }

        public HashSet<Hash32> Missing { get; } = [.. block.Batches];
    }
}
