using System;
using System.Collections.Generic;
using System.Globalization;
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
    DemoProgress progress, GatewayClient gateway, DemoTerminal terminal, TimeProvider time)
{
    /// <summary>Shows until it is cancelled; then takes the line away.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        if (terminal.Mode == DisplayMode.None)
        {
            return;
        }

        TimeSpan interval = terminal.Mode == DisplayMode.Live ? DemoLimits.LookInterval : DemoLimits.LineInterval;
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
                terminal.Show(Describe(answers));
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            terminal.Clear();
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
