using System.Collections.Generic;
using EnergyNode.Ledger;

namespace EnergyNode.Consensus.Pbft;

/// <summary>
/// Who leads a view, and which view comes after one that failed. A view lasts over heights as long as its leader
/// performs; the last leaders that did not are passed over, at most f of them. This is scheduling, not punishment.
/// </summary>
internal sealed class LeaderSchedule(int validators, int maxFaulty)
{
    private readonly List<int> _failed = [];

    public ValidatorIndex Leader(View view)
    {
        // R1
        return new ValidatorIndex(view.Value % validators);
    }

    /// <summary>This node gave the view up.</summary>
    public void NoteFailed(View view)
    {
        // R13
        int leader = Leader(view).Value;
        _failed.Remove(leader);
        _failed.Add(leader);
        if (_failed.Count > maxFaulty)
        {
            _failed.RemoveAt(0);
        }
    }

    /// <summary>Something was decided in the view.</summary>
    public void NotePerformed(View view) => _failed.Remove(Leader(view).Value);

    /// <summary>The first view above that none of the failed leads.</summary>
    public View After(View view)
    {
        // R13
        View next = view.Next;
        while (_failed.Contains(Leader(next).Value))
        {
            next = next.Next;
        }

        return next;
    }

    public void WriteTo(BorshWriter writer)
    {
        writer.Count(_failed.Count);
        foreach (int leader in _failed)
        {
            writer.I64(leader);
        }
    }
}
