using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Channels;
using System.Threading.Tasks;
using EnergyNode.Ledger;
using EnergyNode.Node.Gateway;
using EnergyNode.Node.Hosting;
using EnergyNode.Node.Network;
using EnergyNode.Node.Readings;
using EnergyNode.Node.Setup;

namespace EnergyNode.Node.Oracle;

/// <summary>
/// Carries the stream to the ledger, one batch at a time, and begins again where the ledger stands whenever an answer
/// is lost. Sources call <see cref="TryOffer"/> from any thread.
/// </summary>
internal sealed class OracleRunner(OracleStream stream, IReadingLedger ledger, NodeLog log, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Takes a delivery, whose promise will be kept; false for want of room or of a ledger.</summary>
    public bool TryOffer(Delivery delivery)
    {
        lock (_gate)
        {
            if (!stream.TryOffer(delivery, Now()))
            {
                return false;
            }
        }

        _signal.Writer.TryWrite(true);
        return true;
    }

    /// <summary>Runs until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        Backoff backoff = new(OracleLimits.RetryMin, OracleLimits.RetryMax);
        while (true)
        {
            try
            {
                await BeginAsync(cancellation);
                await CarryAsync(backoff, cancellation);
            }
            catch (GatewayException error)
            {
                log.Warning($"the ledger did not answer: {error.Message}");
                lock (_gate)
                {
                    stream.Forget();
                }
            }

            await Task.Delay(backoff.Next(Random.Shared.NextDouble()), time, cancellation);
        }
    }

    private async Task BeginAsync(CancellationToken cancellation)
    {
        LedgerCursor cursor = await ledger.ReadAsync(cancellation);
        lock (_gate)
        {
            stream.Begin(cursor);
        }

        log.Info($"the ledger takes readings of epoch {cursor.OpenEpoch.Value}");
    }

    /// <summary>Returns when it has to be asked again where the ledger stands.</summary>
    private async Task CarryAsync(Backoff backoff, CancellationToken cancellation)
    {
        while (true)
        {
            await SettleAsync(cancellation);
            OracleBatch? batch;
            Instant? graceEnds;
            lock (_gate)
            {
                batch = stream.Next(Now());
                graceEnds = stream.GraceEnds;
            }

            if (batch is null)
            {
                await WaitAsync(graceEnds, cancellation);
                continue;
            }

            IReadOnlyList<Receipt> receipts = await ledger.SubmitAsync(batch, cancellation);
            Warn(receipts);
            lock (_gate)
            {
                stream.OnFinal(batch, receipts);
                if (!stream.IsReady)
                {
                    return;
                }
            }

            backoff.Reset();
            if (batch.Close is { } epoch)
            {
                log.Debug($"epoch {epoch.Value} is closed");
            }
        }
    }

    private void Warn(IReadOnlyList<Receipt> receipts)
    {
        foreach (Receipt receipt in receipts)
        {
            if (receipt.Error is LedgerError.InsufficientOracleBalance or LedgerError.OracleRateExceeded)
            {
                log.Warning(receipt.Error == LedgerError.OracleRateExceeded
                    ? "the gateway may have no more oracle operations in this epoch; the rest waits for the next one"
                    : "the gateway has prepaid too little for oracle operations; they wait for a PrepayOracle");
                return;
            }
        }
    }

    /// <summary>Looks up what late readings are to be compared with.</summary>
    private async Task SettleAsync(CancellationToken cancellation)
    {
        IReadOnlyList<MeterEpoch> places;
        EpochIndex open;
        lock (_gate)
        {
            open = stream.OpenEpoch;
            places = stream.Late.Unsettled(open);
        }

        if (places.Count > 0)
        {
            IReadOnlyList<SettledMeter?> settled = await ledger.ReadSettledAsync(places, open, cancellation);
            lock (_gate)
            {
                stream.Late.OnSettled(places, settled);
            }

            _signal.Writer.TryWrite(true);
        }
    }

    /// <summary>Until something is offered, or the grace of the open epoch is over.</summary>
    private async Task WaitAsync(Instant? until, CancellationToken cancellation)
    {
        Task offered = _signal.Reader.ReadAsync(cancellation).AsTask();
        if (until is not { } end)
        {
            await offered;
            return;
        }

        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        TimeSpan left = TimeSpan.FromMicroseconds(Math.Max(0, end.Since(Now()).Micros));
        await Task.WhenAny(offered, Task.Delay(left, time, stop.Token));
        await stop.CancelAsync();
        cancellation.ThrowIfCancellationRequested();
        if (!offered.IsCompleted)
        {
            // Nothing came: wake the pending read, which would else swallow the next signal.
            _signal.Writer.TryWrite(true);
        }

        await offered;
    }

    private Instant Now() => UtcTime.Of(time.GetUtcNow());
}
