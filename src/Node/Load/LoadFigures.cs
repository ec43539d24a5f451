using System;
using System.Collections.Generic;
using System.Linq;
using EnergyNode.Node.Work;

namespace EnergyNode.Node.Load;

/// <summary>What a load test measured between two snapshots.</summary>
internal sealed record LoadFigures
{
    public required LoadOptions Options { get; init; }

    public required LoadSnapshot Begin { get; init; }

    public required LoadSnapshot End { get; init; }

    public required TimeSpan Elapsed { get; init; }

    /// <summary>Of each batch that was sent in between, in ms: from its submission to f + 1 equal receipts.</summary>
    public required IReadOnlyList<double> FinalityMs { get; init; }

    /// <summary>Of this machine.</summary>
    public required int Processors { get; init; }

    public long Orders => End.Totals.Orders - Begin.Totals.Orders;

    public long Readings => End.Totals.Readings - Begin.Totals.Readings;

    public long Trades => End.Totals.Trades - Begin.Totals.Trades;

    public long Blocks => End.Height.Value - Begin.Height.Value;

    public double PerMinute(long count) => count / Elapsed.TotalMinutes;

    /// <summary>Of all processors and for everything that runs on this machine, 0 to 1.</summary>
    public double MachineBusy => End.Machine.BusySince(Begin.Machine);

    /// <summary>The validators' part of all processors, 0 to 1.</summary>
    public double ValidatorsBusy => Share(Work.Single(work => work.Key == WorkInspection.All).Value);

    /// <summary>This process's part: it makes the readings and signs them and the batches.</summary>
    public double GatewayBusy => Share((End.Gateway - Begin.Gateway).Ticks / TimeSpan.TicksPerMicrosecond);

    /// <summary>All validators' µs by what they were spent on, in the order in which the nodes report them.</summary>
    public IReadOnlyList<KeyValuePair<string, long>> Work =>
    [
        .. End.Works[0].Select((kind, row) => new KeyValuePair<string, long>(
            kind.Key, End.Works.Select((node, i) => node[row].Value - Begin.Works[i][row].Value).Sum())),
    ];

    /// <summary>Whether what was asked for was executed, but for one in a hundred.</summary>
    public bool IsKept => IsReached(Orders, Options.OrdersPerMinute) && IsReached(Readings, Options.ReadingsPerMinute);

    /// <param name="percent">1 to 100.</param>
    /// <returns>By the nearest rank; 0 without any.</returns>
    public double Finality(int percent)
    {
        double[] sorted = [.. FinalityMs.Order()];
        return sorted.Length == 0 ? 0 : sorted[Math.Max(0, ((sorted.Length * percent) + 99) / 100 - 1)];
    }

    private bool IsReached(long executed, int perMinute) =>
        PerMinute(executed) * 1_000 >= (double)perMinute * LoadLimits.KeptPermille;

    private double Share(long micros) => micros / (Elapsed.TotalMicroseconds * Processors);
}
