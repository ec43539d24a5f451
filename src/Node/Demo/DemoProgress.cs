using System;
using System.Collections.Generic;
using System.Threading;
using EnergyNode.Ledger;
using EnergyNode.Node.Gateway;

namespace EnergyNode.Node.Demo;

/// <summary>What has become final so far. Safe from any thread.</summary>
internal sealed class DemoProgress(int epochs)
{
    private readonly Lock _gate = new();
    private readonly List<double> _latenciesMs = [];
    private Height _height;
    private long _refusedOrders;

    /// <summary>Of the whole input.</summary>
    public int Epochs => epochs;

    public int FinalEpochs
    {
        get
        {
            lock (_gate)
            {
                return _latenciesMs.Count;
            }
        }
    }

    /// <summary>The highest block with one of the batches.</summary>
    public Height Height
    {
        get
        {
            lock (_gate)
            {
                return _height;
            }
        }
    }

    /// <summary>Orders of homes whose money did not reach.</summary>
    public long RefusedOrders
    {
        get
        {
            lock (_gate)
            {
                return _refusedOrders;
            }
        }
    }

    public void Add(BatchFinality final)
    {
        lock (_gate)
        {
            _latenciesMs.Add(final.Latency.TotalMilliseconds);
            _height = final.Height > _height ? final.Height : _height;
            foreach (Receipt receipt in final.Receipts)
            {
                _refusedOrders += receipt.Error == LedgerError.None ? 0 : 1;
            }
        }
    }

    /// <param name="percent">1 … 100.</param>
    /// <returns>In ms, by the nearest rank; 0 when nothing is final yet.</returns>
    public double FinalityMs(int percent)
    {
        double[] sorted;
        lock (_gate)
        {
            sorted = [.. _latenciesMs];
        }

        Array.Sort(sorted);
        return sorted.Length == 0
            ? 0
            : Math.Round(sorted[Math.Max(0, ((sorted.Length * percent) + 99) / 100 - 1)], 1);
    }
}
