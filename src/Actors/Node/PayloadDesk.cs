using System.Collections.Generic;
using EnergyNode.Consensus;
using EnergyNode.Ledger;

namespace EnergyNode.Actors.Node;

/// <summary>
/// The batches of blocks that consensus works on: which are held, which must be pulled, and from whom. Batches that the
/// pool would not take (a full pool, a foreign quota) are held here, bounded by the blocks that are wanted.
/// </summary>
internal sealed class PayloadDesk(Mempool pool)
{
    /// <summary>With the highest height whose block may need it.</summary>
    private readonly Dictionary<Hash32, (Verified<SignedBatch> Batch, Height Height)> _held = [];
    private readonly List<Wanted> _wanted = [];

    public Verified<SignedBatch>? Find(Hash32 batch) =>
        _held.TryGetValue(batch, out (Verified<SignedBatch> Batch, Height Height) held) ? held.Batch : pool.Find(batch);

    public bool Holds(Hash32 batch) => _held.ContainsKey(batch);

    /// <summary>Keeps batches until a height is executed.</summary>
    public void Hold(Height height, IReadOnlyList<Verified<SignedBatch>> batches)
    {
        foreach (Verified<SignedBatch> batch in batches)
        {
            Hold(height, batch);
        }
    }

    public void HoldIfWanted(Verified<SignedBatch> batch)
    {
        foreach (Wanted wanted in _wanted)
        {
            if (wanted.Missing.Contains(batch.Value.Hash))
            {
                Hold(wanted.Block.Height, batch);
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
            wanted.Missing.RemoveWhere(hash => Pin(hash, wanted.Block.Height));
            if (wanted.Missing.Count == 0 && IsWithinLimit(wanted.Block))
            {
                complete.Add(wanted.Block);
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
        List<Hash32> past = [];
        foreach ((Hash32 hash, (Verified<SignedBatch> _, Height height)) in _held)
        {
            if (height <= executed)
            {
                past.Add(hash);
            }
        }

        foreach (Hash32 hash in past)
        {
            _held.Remove(hash);
        }
    }

    private void Hold(Height height, Verified<SignedBatch> batch)
    {
        Height known = _held.GetValueOrDefault(batch.Value.Hash).Height;
        _held[batch.Value.Hash] = (batch, height > known ? height : known);
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

    /// <summary>
    /// What was found stays, whatever the pool drops before the rest is there and until it is decided.
    /// </summary>
    /// <returns>False when it is not there.</returns>
    private bool Pin(Hash32 hash, Height height)
    {
        if (Find(hash) is not { } batch)
        {
            return false;
        }

        Hold(height, batch);
        return true;
    }

    private sealed class Wanted(Block block, PublicKey from)
    {
        public Block Block => block;

        public PublicKey From => from;

        public int Requests { get; set; }

        public HashSet<Hash32> Missing { get; } = [.. block.Batches];
    }
}
