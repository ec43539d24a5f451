using System.Collections.Generic;
using EnergyNode.Ledger;

namespace EnergyNode.Actors.Node;

/// <summary>Counts for the oldest waiting batches how many blocks with room each proposer made without them.</summary>
internal sealed class PassedOverWatch
{
    private readonly Dictionary<Hash32, Watched> _watched = [];

    /// <summary>Whether a block takes at most half of what it may.</summary>
    public static bool HasRoom(IReadOnlyList<Verified<SignedBatch>> batches, MempoolLimits limits)
    {
        long bytes = 0;
        foreach (Verified<SignedBatch> batch in batches)
        {
            bytes += batch.Value.Bytes.Length;
        }

        return batches.Count * 2 <= limits.MaxBatchesPerBlock && bytes * 2 <= limits.MaxBlockBytes;
    }

    /// <param name="proposer">Of the block that was executed.</param>
    /// <param name="waiting">What a block would take now, in order.</param>
    /// <param name="now">The node's clock.</param>
    /// <returns>Batches that this proposer has passed over too often. Each is named once; and, as overdue, each time
    /// that it was passed over so often again and for so long.</returns>
    public List<(Hash32 Batch, bool IsFirst, bool IsOverdue)> Executed(
        PublicKey proposer, IReadOnlyList<Hash32> waiting, Instant now)
    {
        HashSet<Hash32> present = [];
        List<(Hash32, bool, bool)> found = [];
        for (int i = 0; i < waiting.Count && i < SuspicionLimits.WatchedBatches; i++)
        {
            Hash32 batch = waiting[i];
            present.Add(batch);
            if (!_watched.TryGetValue(batch, out Watched? watched))
            {
                watched = new Watched { Since = now };
                _watched.Add(batch, watched);
            }

            int count = watched.Blocks.GetValueOrDefault(proposer) + 1;
            watched.Blocks[proposer] = count;
            bool isOverdue = count >= SuspicionLimits.PassedOver
                && now.Since(watched.Since).Micros >= SuspicionLimits.Overdue.Micros;
            bool isFirst = count >= SuspicionLimits.PassedOver && watched.Named.Add(proposer);
            if (isOverdue)
            {
                watched.Since = now;
                watched.Blocks.Clear();
            }

            if (isFirst || isOverdue)
            {
                found.Add((batch, isFirst, isOverdue));
            }
        }

        foreach (Hash32 batch in (Hash32[])[.. _watched.Keys])
        {
            if (!present.Contains(batch))
            {
                _watched.Remove(batch);
            }
        }

        return found;
    }

    private sealed class Watched
    {
        /// <summary>When it was first passed over, or last overdue.</summary>
        public Instant Since { get; set; }

        public SortedDictionary<PublicKey, int> Blocks { get; } = [];

        public HashSet<PublicKey> Named { get; } = [];
    }
}
