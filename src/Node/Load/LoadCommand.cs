using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using EnergyNode.Node.Cli;
using EnergyNode.Node.Crypto;
using EnergyNode.Node.Demo;
using EnergyNode.Node.Gateway;
using EnergyNode.Node.Setup;

namespace EnergyNode.Node.Load;

/// <summary>
/// <c>energynode bench load</c>: starts validators as processes, sends them orders and readings at given rates, and
/// measures what that costs. Leaves no process and no file behind.
/// </summary>
public sealed class LoadCommand(DemoTerminal terminal, ValidatorCommand command, TimeProvider time)
{
    /// <summary>On this console; Ctrl+C (or SIGTERM) stops it in good order.</summary>
    public static async Task<int> RunAsync(LoadOptions options, CancellationToken cancellation)
    {
        using StopSignals stop = new(cancellation);
        return await new LoadCommand(DemoTerminal.OfConsole(), ValidatorCommand.Self(), TimeProvider.System)
            .ExecuteAsync(options, stop.Token);
    }

    /// <returns>One of <see cref="ExitCodes"/>: failed also when the rates were not reached.</returns>
    public async Task<int> ExecuteAsync(LoadOptions options, CancellationToken cancellation)
    {
        terminal.SetMode(options.Json);
        if (Problem(options) is { } problem)
        {
            terminal.Fail(problem);
            return ExitCodes.Usage;
        }

        try
        {
            LoadFigures figures = await MeasureAsync(options, cancellation);
            terminal.Clear();
            terminal.WriteResults(options.Json ? LoadReport.Json(figures) : LoadReport.Text(figures));
            return figures.IsKept ? ExitCodes.Ok : ExitCodes.Failed;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            terminal.Fail("stopped before the end");
            return ExitCodes.Interrupted;
        }
        catch (Exception error) when (error is DemoException or SetupException or MissingLibraryException
            or GatewayException or IOException or UnauthorizedAccessException)
        {
            terminal.Fail(error.Message.ReplaceLineEndings(" "));
        }

        return ExitCodes.Failed;
    }

    private static string? Problem(LoadOptions options) =>
        !SetupLimits.IsValidatorCount(options.Validators)
            ? Wrong("--validators", options.Validators, "choose 1, or 4 to 7 (two or three tolerate no fault)")
        : OutOf("--orders-per-minute", options.OrdersPerMinute, 0, LoadLimits.MaxPerMinute)
        ?? OutOf(
            "--readings-per-minute",
            options.ReadingsPerMinute,
            LoadLimits.MinReadingsPerMinute,
            LoadLimits.MaxPerMinute)
        ?? OutOf("--seconds", options.Seconds, LoadLimits.MinSeconds, LoadLimits.MaxSeconds)
        ?? OutOf("--warm-up", options.WarmUpSeconds, 0, LoadLimits.MaxSeconds)
        ?? (options.OrdersPerMinute / options.ReadingsPerMinute >= LoadLimits.MaxOrdersPerReading
            ? Wrong(
                "--orders-per-minute",
                options.OrdersPerMinute,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"choose fewer than {LoadLimits.MaxOrdersPerReading} for each reading"))
            : null);

    private static string? OutOf(string option, int value, int least, int most) =>
        value >= least && value <= most
            ? null
            : Wrong(option, value, string.Create(CultureInfo.InvariantCulture, $"choose {least} to {most}"));

    private static string Wrong(string option, int value, string remedy) =>
        string.Create(CultureInfo.InvariantCulture, $"{option} {value} is not possible; {remedy}");

    private async Task<LoadFigures> MeasureAsync(LoadOptions options, CancellationToken cancellation)
    {
        using DemoDirectory directory = new(null);
        LoadAccounts accounts = new();
        IReadOnlyList<int> ports = FreePorts.Take(2 * options.Validators);
        NetworkPlan plan = new(
            directory.Path, [.. ports.Take(options.Validators)], [.. ports.Skip(options.Validators)]);
        CreatedNetwork network = new NetworkInitializer(time).Create(
            plan,
            validators => accounts.MakeGenesis(validators, options.Consensus, UtcTime.Of(time.GetUtcNow())));
        await using ValidatorFleet fleet = new(command, network.Validators, terminal.Note);
        return await new LoadRun(options, accounts, network, fleet, terminal, time).RunAsync(cancellation);
    }
}
