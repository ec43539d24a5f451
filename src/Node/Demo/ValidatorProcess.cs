using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using EnergyNode.Node.Configuration;
using EnergyNode.Node.Setup;

namespace EnergyNode.Node.Demo;

/// <summary>One validator in a process of its own. Its output goes to <c>node.log</c> in its directory.</summary>
internal sealed class ValidatorProcess : IAsyncDisposable
{
    private readonly string _name;
    private readonly Process _process;
    private readonly StreamWriter _log;
    private readonly Lock _gate = new();
    private readonly Queue<string> _lastLines = new();
    private bool _expected;

    private ValidatorProcess(string name, Process process, StreamWriter log)
    {
        _name = name;
        _process = process;
        _log = log;
        Exited = Task.Run(WatchAsync);
    }

    /// <summary>Done when the process has ended; null when that was asked for.</summary>
    public Task<ValidatorExit?> Exited { get; }

    /// <exception cref="DemoException">The program cannot be started.</exception>
    public static ValidatorProcess Start(ValidatorCommand command, CreatedValidator validator)
    {
        ProcessStartInfo start = new(command.File)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (string argument in command.ArgumentsFor(validator.ConfigurationFile))
        {
            start.ArgumentList.Add(argument);
        }

        RemoveOverrides(start.Environment);
        StreamWriter log = new(Path.Combine(validator.Directory, "node.log"), append: true) { AutoFlush = true };
        try
        {
            Process process = Process.Start(start)
                ?? throw new DemoException($"{command.File} cannot be started", isUsage: false);
            process.StandardInput.Close();
            return new ValidatorProcess(validator.Name, process, log);
        }
        catch (Exception error) when (error is System.ComponentModel.Win32Exception or IOException)
        {
            log.Dispose();
            throw new DemoException($"{command.File} cannot be started ({error.Message})", isUsage: false, error);
        }
    }

    /// <summary>The most memory that the process had so far, in KiB; 0 when it is gone.</summary>
    public long PeakMemoryKib()
    {
        const string Field = "VmHWM:";
        try
        {
            string status = string.Create(CultureInfo.InvariantCulture, $"/proc/{_process.Id}/status");
            string? line = File.ReadLines(status)
                .FirstOrDefault(line => line.StartsWith(Field, StringComparison.Ordinal));
            string? number = line?[Field.Length..].Replace("kB", "", StringComparison.Ordinal).Trim();
            return number is null ? 0 : long.Parse(number, CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0;
        }
    }

    /// <summary>Asks the process to stop, and kills it when it does not in time.</summary>
    public async Task StopAsync()
    {
        Expect();
        if (!_process.HasExited)
        {
            PosixSignal.Terminate(_process.Id);
        }

        try
        {
            await Exited.WaitAsync(DemoLimits.StopTimeout);
        }
        catch (TimeoutException)
        {
            await KillAsync();
        }
    }

    public async Task KillAsync()
    {
        KillNow();
        await Exited;
    }

    /// <summary>Kills without waiting: for the end of this process.</summary>
    public void KillNow()
    {
        Expect();
        if (!_process.HasExited)
        {
            _process.Kill();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        await _log.DisposeAsync();
        _process.Dispose();
    }

    /// <summary>The demo makes its network alike everywhere, whatever overrides a user has for other nodes.</summary>
    private static void RemoveOverrides(IDictionary<string, string?> environment)
    {
        foreach (string name in environment.Keys.ToArray())
        {
            if (ConfigurationKeys.OverridePrefixes.Any(
                prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)))
            {
                environment.Remove(name);
            }
        }
    }

    private void Expect()
    {
        lock (_gate)
        {
            _expected = true;
        }
    }

    private async Task<ValidatorExit?> WatchAsync()
    {
        Task output = ReadAsync(_process.StandardOutput);
        Task errors = ReadAsync(_process.StandardError);
        await _process.WaitForExitAsync();
        await Task.WhenAll(output, errors);
        lock (_gate)
        {
            return _expected ? null : new ValidatorExit(_name, _process.ExitCode, string.Join(" | ", _lastLines));
        }
    }

    private async Task ReadAsync(StreamReader reader)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            lock (_gate)
            {
                _log.WriteLine(line);
                _lastLines.Enqueue(line.Trim());
                if (_lastLines.Count > DemoLimits.KeptLines)
                {
                    _lastLines.Dequeue();
                }
            }
        }
    }
}
