using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using EnergyNode.Node.Setup;

namespace EnergyNode.Node.Demo;

/// <summary>
/// The processes of all validators. One that ends by itself ends the demo; one that somebody else kills is reported,
/// and the others go on as long as they are enough.
/// </summary>
internal sealed class ValidatorFleet : IAsyncDisposable
{
    private readonly ValidatorCommand _command;
    private readonly IReadOnlyList<CreatedValidator> _validators;
    private readonly Action<string> _report;
    private readonly ValidatorProcess?[] _processes;
    private readonly long[] _peakKib;
    private readonly TaskCompletionSource<ValidatorExit> _failed =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <param name="command">Starts one.</param>
    /// <param name="validators">Their directories.</param>
    /// <param name="report">Told of a validator that somebody else ended; from any thread.</param>
    public ValidatorFleet(
        ValidatorCommand command, IReadOnlyList<CreatedValidator> validators, Action<string> report)
    {
        _command = command;
        _validators = validators;
        _report = report;
        _processes = new ValidatorProcess?[validators.Count];
        _peakKib = new long[validators.Count];
        AppDomain.CurrentDomain.ProcessExit += OnProcessExit;
    }

    public IReadOnlyList<CreatedValidator> Validators => _validators;

    /// <summary>Done when a validator has ended by itself; never otherwise.</summary>
    public Task<ValidatorExit> Failed => _failed.Task;

    /// <summary>Validators that somebody else ended, and that were not started again.</summary>
    public IReadOnlyList<string> Lost =>
    [
        .. _validators.Where((_, i) =>
            _processes[i] is { Exited: { IsCompletedSuccessfully: true, Result: not null } }).Select(v => v.Name),
    ];

    /// <exception cref="DemoException">The program cannot be started.</exception>
    public void StartAll()
    {
        for (int i = 0; i < _validators.Count; i++)
        {
            Start(i);
        }
    }

    /// <param name="index">From 0.</param>
    public void Start(int index)
    {
        ValidatorProcess process = ValidatorProcess.Start(_command, _validators[index]);
        _processes[index] = process;
        _ = process.Exited.ContinueWith(
            exited => OnExited(exited.Result), TaskScheduler.Default);
    }

    /// <summary>SIGKILL: no chance to tidy up.</summary>
    public async Task KillAsync(int index)
    {
        if (_processes[index] is { } process)
        {
            NotePeak(index);
            await process.DisposeAsync();
            _processes[index] = null;
        }
    }

    /// <summary>The most memory that each validator had, over all its processes, in KiB.</summary>
    public IReadOnlyList<long> PeakMemoryKib()
    {
        for (int i = 0; i < _processes.Length; i++)
        {
            NotePeak(i);
        }

        return _peakKib;
    }

    /// <summary>Stops all at the same time.</summary>
    public Task StopAsync() => Task.WhenAll(_processes.Select(process => process?.StopAsync() ?? Task.CompletedTask));

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        foreach (ValidatorProcess? process in _processes)
        {
            if (process is not null)
            {
                await process.DisposeAsync();
            }
        }

        AppDomain.CurrentDomain.ProcessExit -= OnProcessExit;
    }

    private void NotePeak(int index) =>
        _peakKib[index] = Math.Max(_peakKib[index], _processes[index]?.PeakMemoryKib() ?? 0);

    private void OnExited(ValidatorExit? exit)
    {
        if (exit is { IsBySignal: true })
        {
            _report(exit.ToString());
        }
        else if (exit is not null)
        {
            _failed.TrySetResult(exit);
        }
    }

    private void OnProcessExit(object? sender, EventArgs arguments)
    {
        foreach (ValidatorProcess? process in _processes)
        {
            process?.KillNow();
        }
    }
}
