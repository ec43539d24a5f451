using System.Collections.Generic;
using EnergyNode.Ledger;

namespace EnergyNode.Actors.Node;

/// <summary>Counts for the oldest waiting batches how many blocks with room each proposer made without them.</summary>
internal sealed class PassedOverWatch
{
    private readonly Dictionary<Hash32, SortedDictionary<PublicKey, int>> _counts = [];

    /// <param name="proposer">Of the block that was executed.</param>
    /// <param name="waiting">What a block would take now, in order.</param>
    /// <returns>Batches that this proposer has passed over too often; each is named once.</returns>
    public List<Hash32> Executed(PublicKey proposer, IReadOnlyList<Hash32> waiting)
    {
        HashSet<Hash32> watched = [];
        List<Hash32> found = [];
        for (int i = 0; i < waiting.Count && i < SuspicionLimits.WatchedBatches; i++)
        {
            Hash32 batch = waiting[i];
            watched.Add(batch);
            if (!_counts.TryGetValue(batch, out SortedDictionary<PublicKey, int>? counts))
            {
                counts = [];
                _counts.Add(batch, counts);
            }

            int count = counts.GetValueOrDefault(proposer) + 1;
            counts[proposer] = count;
            if (count == SuspicionLimits.PassedOver)
            {
                found.Add(batch);
            }
        }

        foreach (Hash32 batch in (Hash32[])[.. _counts.Keys])
        {
            if (!watched.Contains(batch))
            {
                _counts.Remove(batch);
            }
        }

        return found;
    }
}
