using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using EnergyNode.Actors.Clients;
using EnergyNode.Ledger;
using EnergyNode.Node.Gateway;

namespace EnergyNode.Node.Demo;

/// <summary>
/// Shows how far the demo is: one line that is written over on a terminal, a new line now and then elsewhere. The traded
/// energy is what the validator that is furthest ahead says; the summary at the end does not rest on it.
/// </summary>
internal sealed class ProgressDisplay(
    DemoProgress progress, GatewayClient gateway, TextWriter output, DisplayMode mode, TimeProvider time)
{
    private const string ClearLine = "\r\u001b[K";
    private readonly Lock _gate = new();

    /// <summary>Shows until it is cancelled; then takes the line away.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        if (mode == DisplayMode.None)
        {
            return;
        }

        TimeSpan interval = mode == DisplayMode.Live ? DemoLimits.LookInterval : DemoLimits.LineInterval;
        using PeriodicTimer timer = new(interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stop))
            {
                ClientAnswer?[] answers = await Task.WhenAll(Enumerable.Range(0, gateway.Validators).Select(
                    validator => gateway.AskAsync(
                        validator,
                        static id => new ClientQuery.Entries(id, (byte[])[StateTables.Totals], default),
                        stop)));
                Write(Describe(answers));
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            Clear();
        }
    }

    /// <summary>A line of its own, above the one that is written over.</summary>
    public void Note(string line)
    {
        lock (_gate)
        {
            output.WriteLine(mode == DisplayMode.Live ? ClearLine + line : line);
        }
    }

    private void Write(string line)
    {
        lock (_gate)
        {
            if (mode == DisplayMode.Live)
            {
                int width = Math.Max(20, Console.BufferWidth - 1);
                output.Write(ClearLine + (line.Length > width ? line[..width] : line));
            }
            else
            {
                output.WriteLine(line);
            }

            output.Flush();
        }
    }

    private void Clear()
    {
        lock (_gate)
        {
            output.Write(mode == DisplayMode.Live ? ClearLine : "");
            output.Flush();
        }
    }

    private string Describe(IReadOnlyList<ClientAnswer?> answers)
    {
        ClientAnswer.Entries? furthest = answers.OfType<ClientAnswer.Entries>().MaxBy(answer => answer.Height);
        long tradedWh = 0;
        if (furthest is { Page.Count: 1 })
        {
            BorshReader reader = new(furthest.Page[0].Value);
            tradedWh = MarketTotals.Decode(ref reader).Traded.Wh;
        }

        string heights = string.Join(' ', answers.Select(answer => answer?.Height.ToString() ?? "-"));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"epochs {progress.FinalEpochs}/{progress.Epochs}  height {furthest?.Height.Value ?? 0}  "
            + $"finality {progress.FinalityMs(50):0} ms  traded {tradedWh / 1_000m:0.0} kWh  validators {heights}");
    }
}
