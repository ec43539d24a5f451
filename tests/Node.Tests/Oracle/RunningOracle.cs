using System;
using System.Threading;
using System.Threading.Tasks;
using EnergyNode.Node.Oracle;

namespace EnergyNode.Node.Tests.Oracle;

/// <summary>An oracle that runs until it is disposed.</summary>
internal sealed class RunningOracle : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;

    public RunningOracle(FakeLedger ledger, params string[] meters)
    {
        Runner = new OracleRunner(OracleFixture.Stream(meters), ledger, OracleFixture.Log, TimeProvider.System);
        _running = Runner.RunAsync(_stop.Token);
    }

    public OracleRunner Runner { get; }

    /// <summary>Offers until there is room, and waits for the outcome.</summary>
    public async Task<DeliveryOutcome> DeliverAsync(string readings)
    {
        Delivery delivery = OracleFixture.Delivery(readings);
        while (!Runner.TryOffer(delivery))
        {
            await Task.Yield();
        }

        return await delivery.Decided.WaitAsync(TimeSpan.FromSeconds(30));
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }
}
