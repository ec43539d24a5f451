using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using EnergyNode.Node.Cli;
using EnergyNode.Node.Crypto;
using EnergyNode.Node.Gateway;
using EnergyNode.Node.Neighbours;
using EnergyNode.Node.Setup;

namespace EnergyNode.Node.Demo;

/// <summary>
/// <c>energynode demo</c>: makes a network on this machine, starts its validators as processes, replays recorded meter
/// data through a gateway, and shows what became of it. Leaves no process behind, and no file unless asked to.
/// </summary>
public sealed class DemoCommand(DemoTerminal terminal, ValidatorCommand command, TimeProvider time)
{
    /// <summary>
    /// The demo of this program on this console. Ctrl+C (or SIGTERM) stops it in good order; a second one ends this
    /// process at once, and its validators see that.
    /// </summary>
    public static async Task<int> RunAsync(DemoOptions options, CancellationToken cancellation)
    {
        using StopSignals stop = new(cancellation);
        return await new DemoCommand(DemoTerminal.OfConsole(), ValidatorCommand.Self(), TimeProvider.System)
            .ExecuteAsync(options, stop.Token);
    }

    /// <returns>One of <see cref="ExitCodes"/>: usage also for a file that is at fault.</returns>
    public async Task<int> ExecuteAsync(DemoOptions options, CancellationToken cancellation)
    {
        terminal.SetMode(options.Json);
        try
        {
            CheckOptions(options);
            DemoInput input = ReadInput(options);
            await RunAsync(options, input, cancellation);
            return ExitCodes.Ok;
        }
        catch (DemoException error)
        {
            foreach (string line in error.Message.Split('\n'))
            {
                terminal.Fail(line);
            }

            return error.IsUsage ? ExitCodes.Usage : ExitCodes.Failed;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            terminal.Fail("stopped before the end");
            return ExitCodes.Interrupted;
        }
        catch (Exception error) when (error is SetupException or KeyFileException or MissingLibraryException
            or GatewayException or IOException or UnauthorizedAccessException)
        {
            terminal.Fail(error.Message.ReplaceLineEndings(" "));
            return error is SetupException && options.DataDirectory is not null ? ExitCodes.Usage : ExitCodes.Failed;
        }
    }

    private static void CheckOptions(DemoOptions options)
    {
        if (!SetupLimits.IsValidatorCount(options.Validators))
        {
            throw Wrong(
                "--validators", options.Validators, "choose 1, or 4 to 7 (two or three tolerate no fault)");
        }

        if (options.Kill is { } kill && (kill < 1 || kill > options.Validators))
        {
            throw Wrong(
                "--kill",
                kill,
                string.Create(CultureInfo.InvariantCulture, $"choose a validator from 1 to {options.Validators}"));
        }

        if (options.Days is { } days && days is < 1 or > DemoLimits.MaxDays)
        {
            throw Wrong(
                "--days",
                options.Days.Value,
                string.Create(CultureInfo.InvariantCulture, $"choose 1 to {DemoLimits.MaxDays}"));
        }

        CheckHomes(options);
        if (options.DataDirectory is { } directory)
        {
            try
            {
                NetworkInitializer.Check(NetworkPlan.WithDefaultPorts(directory, options.Validators));
            }
            catch (SetupException refusal)
            {
                throw new DemoException("--data " + refusal.Message, isUsage: true, refusal);
            }
        }
    }

    private static void CheckHomes(DemoOptions options)
    {
        if (options.Homes is { } homes && homes is < 2 or > NeighbourLimits.MaxHomes)
        {
            throw Wrong(
                "--homes",
                options.Homes.Value,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"choose more than are recorded, and at most {NeighbourLimits.MaxHomes}"));
        }

        if (options.Seed is not null && options.Homes is null)
        {
            throw new DemoException("--seed draws neighbours; add --homes", isUsage: true);
        }
    }

    private static DemoInput ReadInput(DemoOptions options) => options.Homes is null
        ? new DemoInputReader(options, DemoInputReader.DataDirectory).Read()
        : NeighbourInput.Read(options, DemoInputReader.DataDirectory);

    private static DemoException Wrong(string option, int value, string remedy) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{option} {value} is not possible; {remedy}"), isUsage: true);

    private async Task RunAsync(DemoOptions options, DemoInput input, CancellationToken cancellation)
    {
        using DemoDirectory directory = new(options.DataDirectory);
        DemoAccounts accounts = new(input);
        CreatedNetwork network = CreateNetwork(options, directory, accounts);
        await using ValidatorFleet fleet = new(command, network.Validators, terminal.Note);
        foreach (CreatedValidator validator in network.Validators)
        {
            terminal.Note($"{validator.Name}: look at it with `pbm 127.0.0.1:{validator.AdminPort} cluster show`");
        }

        DemoSummary summary =
            await new DemoRun(options, input, accounts, network, fleet, terminal, time).RunAsync(cancellation);
        if (!options.Keep)
        {
            await fleet.StopAsync();
        }

        terminal.WriteResults(options.Json ? SummaryJson.Render(summary) + "\n" : SummaryTable.Render(summary));
        if (options.Keep)
        {
            terminal.Note("The validators stay up until Ctrl+C.");
            await Task.Delay(Timeout.InfiniteTimeSpan, time, cancellation)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private CreatedNetwork CreateNetwork(DemoOptions options, DemoDirectory directory, DemoAccounts accounts)
    {
        IReadOnlyList<int> ports = FreePorts.Take(2 * options.Validators);
        NetworkPlan plan = new(
            directory.Path, [.. ports.Take(options.Validators)], [.. ports.Skip(options.Validators)]);
        return new NetworkInitializer(time).Create(plan, validators =>
        {
            if (directory.IsKept)
            {
                accounts.SaveKeys(directory.Path);
            }

            return accounts.MakeGenesis(validators, options.Consensus, UtcTime.Of(time.GetUtcNow()));
        });
    }
}
