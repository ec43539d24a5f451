using System;
using System.Collections.Generic;
using EnergyNode.Ledger;

namespace EnergyNode.Market.Tests.Execution;

/// <summary>Leaves of the state as text, to be compared.</summary>
internal static class StateLeaves
{
    /// <summary>All leaves of the tables from one prefix to another, both included, as of the last commit.</summary>
    public static IEnumerable<string> Prefixed(this LedgerState state, byte first, byte last)
    {
        foreach (StateEntry entry in state.EntriesFrom([first]))
        {
            if (entry.Key.Span[0] > last)
            {
                yield break;
            }

            yield return Convert.ToHexString(entry.Key.Span) + " " + Convert.ToHexString(entry.Value.Span);
        }
    }
}
