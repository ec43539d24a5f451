using System;
using System.Runtime.InteropServices;
using System.Threading;

namespace EnergyNode.Node.Demo;

/// <summary>
/// Ctrl+C (or SIGTERM) asks a command to end in good order; a second one ends the process at once, in the system's own
/// way.
/// </summary>
internal sealed class StopSignals : IDisposable
{
    private readonly CancellationTokenSource _stop;
    private readonly PosixSignalRegistration _interrupt;
    private readonly PosixSignalRegistration _terminate;

    /// <param name="cancellation">Asks for the same.</param>
    public StopSignals(CancellationToken cancellation = default)
    {
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal);
        _terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal);
    }

    public CancellationToken Token => _stop.Token;

    public void Dispose()
    {
        _interrupt.Dispose();
        _terminate.Dispose();
        _stop.Dispose();
    }

    private void OnSignal(PosixSignalContext signal)
    {
        signal.Cancel = !_stop.IsCancellationRequested;

        // Not here: whoever waits for the token must not run on the thread that delivers signals.
        _ = _stop.CancelAsync();
    }
}
