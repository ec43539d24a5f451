using System;
using System.Collections.Generic;
using EnergyNode.Actors.Clients;
using EnergyNode.Ledger;

namespace EnergyNode.Actors.Node;

/// <summary>Answers questions for leaves of the state, a page at a time.</summary>
internal static class StatePages
{
    public static ClientAnswer.Entries Read(LedgerState state, ChainHead head, ClientQuery.Entries query)
    {
        ReadOnlySpan<byte> prefix = query.Prefix.Span;
        ReadOnlySpan<byte> after = query.After.Span;
        List<KeyValuePair<byte[], byte[]>> page = [];
        bool more = false;
        int bytes = 0;
        foreach (StateEntry entry in state.EntriesFrom(after.SequenceCompareTo(prefix) > 0 ? after : prefix))
        {
            ReadOnlySpan<byte> key = entry.Key.Span;
            if (!key.StartsWith(prefix))
            {
                break;
            }

            if (key.SequenceEqual(after))
            {
                continue;
            }

            if (page.Count == Limits.MaxQueryPage || bytes >= Limits.FrameFillBytes)
            {
                more = true;
                break;
            }

            page.Add(new(entry.Key.ToArray(), entry.Value.ToArray()));
            bytes += entry.Key.Length + entry.Value.Length;
        }

        return new ClientAnswer.Entries(query.Id, head.Height, head.StateRoot, page, more);
    }
}
