using System;
using System.Collections;
using System.Collections.Generic;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Tasks;
using EnergyNode.Node.Configuration;
using EnergyNode.Node.Hosting;

namespace EnergyNode.Node.Cli;

/// <summary><c>energynode start</c>: runs one node until it is told to stop or fails.</summary>
internal static class StartCommand
{
    /// <param name="parent">Stop when this process ends; null for nobody.</param>
    public static async Task<int> RunAsync(string configFile, int? parent)
    {
        LoadedConfiguration loaded = ConfigurationLoader.Load(configFile, ReadEnvironment());
        NodeConfiguration configuration = loaded.Require();
        NodeLog log = new(Console.Out, configuration.LogLevel, TimeProvider.System);
        foreach (ConfigurationFinding finding in loaded.Findings)
        {
            log.Warning($"{finding.Origin}: {finding.Message}");
        }

        LogOverrides(loaded, log);
        TaskCompletionSource stop = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using PosixSignalRegistration interrupt = OnSignal(PosixSignal.SIGINT, stop);
        using PosixSignalRegistration terminate = OnSignal(PosixSignal.SIGTERM, stop);
        using CancellationTokenSource ended = new();
        if (parent is { } pid)
        {
            _ = WatchParentAsync(pid, stop, ended.Token);
        }

        NodeHost host = await NodeHost.StartAsync(configuration, log).ConfigureAwait(false);
        await using (host.ConfigureAwait(false))
        {
            Task first = await Task.WhenAny(stop.Task, host.WhenFaulted).ConfigureAwait(false);
            await ended.CancelAsync().ConfigureAwait(false);
            if (first == stop.Task)
            {
                log.Info("stopping");
            }
            else
            {
                Exception cause = await host.WhenFaulted.ConfigureAwait(false);
                throw FailureText.Of(cause) is null
                    ? new InvalidOperationException("an actor of the core failed: " + cause.Message, cause)
                    : cause;
            }
        }

        log.Info("stopped");
        return ExitCodes.Ok;
    }

    public static Dictionary<string, string> ReadEnvironment()
    {
        Dictionary<string, string> environment = new(StringComparer.Ordinal);
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            environment[(string)variable.Key] = (string?)variable.Value ?? "";
        }

        return environment;
    }

    private static void LogOverrides(LoadedConfiguration loaded, NodeLog log)
    {
        foreach (ConfigurationSetting setting in loaded.Settings)
        {
            if (setting.Origin is { } origin && setting.IsOverride)
            {
                log.Debug($"{setting.Key.Name} = {setting.Text} ({origin})");
            }
        }
    }

    private static PosixSignalRegistration OnSignal(PosixSignal signal, TaskCompletionSource stop) =>
        PosixSignalRegistration.Create(signal, context =>
        {
            // A second signal ends the process at once, in the system's own way.
            context.Cancel = stop.TrySetResult();
        });

    private static async Task WatchParentAsync(int pid, TaskCompletionSource stop, CancellationToken ended)
    {
        try
        {
            using Process process = Process.GetProcessById(pid);
            await process.WaitForExitAsync(ended).ConfigureAwait(false);
        }
        catch (ArgumentException)
        {
            // The parent is gone already.
        }
        catch (OperationCanceledException)
        {
            return;
        }

        stop.TrySetResult();
    }
}
