using System;
using System.Collections.Generic;

namespace EnergyNode.Market.Coupling;

/// <summary>
/// What a node and all below it would send upwards, as prices rise. At the lowest all bids buy and no ask sells; at the
/// price of an ask it begins to sell, at that of a bid it stops to buy: both are a step upwards by their energy. The
/// steps are in the order of ranks, in which no two are equal.
/// </summary>
internal sealed class ExportCurve
{
    private readonly List<int> _ranks = [];
    private readonly List<long> _energies = [];
    private int[] _steps = [];
    private long[] _ends = [];
    private long _start;

    public void AddBid(int rank, long energyWh)
    {
        _start -= energyWh;
        Add(rank, energyWh);
    }

    public void AddAsk(int rank, long energyWh) => Add(rank, energyWh);

    /// <summary>Adds what a line lets through of the curve below it, which is sorted.</summary>
    /// <param name="least">0 or less.</param>
    /// <param name="most">0 or more.</param>
    public void AddThrough(ExportCurve below, long least, long most)
    {
        _start += Math.Clamp(below._start, least, most);
        long before = below._start;
        for (int i = 0; i < below._steps.Length && before < most; i++)
        {
            long after = below._ends[i];
            long through = Math.Min(after, most) - Math.Max(before, least);
            if (through > 0)
            {
                Add(below._steps[i], through);
            }

            before = after;
        }
    }

    /// <summary>After all was added and before anything is asked.</summary>
    public void Sort()
    {
        _steps = [.. _ranks];
        _ends = [.. _energies];
        Array.Sort(_steps, _ends);
        long end = _start;
        for (int i = 0; i < _ends.Length; i++)
        {
            end += _ends[i];
            _ends[i] = end;
        }
    }

    /// <summary>Where the curve reaches a value: all steps before the cut are taken, of that at it a part.</summary>
    /// <param name="net">Between the values at the lowest and at the highest prices.</param>
    public MarginalStep CutAt(long net)
    {
        int low = 0;
        int high = _ends.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = _ends[middle] > net ? (low, middle) : (middle + 1, high);
        }

        return low < _steps.Length
            ? new MarginalStep(_steps[low], net - (low == 0 ? _start : _ends[low - 1]))
            : MarginalStep.BehindAll;
    }

    /// <summary>What goes through a line when the node above it is cut at a step.</summary>
    public long NetAt(MarginalStep cut, long least, long most)
    {
        int index = Array.BinarySearch(_steps, cut.Rank);
        int before = index < 0 ? ~index : index;
        long net = Math.Clamp(before == 0 ? _start : _ends[before - 1], least, most);
        return index < 0 ? net : Math.Min(net + cut.Part, most);
    }

    private void Add(int rank, long energyWh)
    {
        _ranks.Add(rank);
        _energies.Add(energyWh);
    }
}
