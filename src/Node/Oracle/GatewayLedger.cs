using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using EnergyNode.Ledger;
using EnergyNode.Market.Metering;
using EnergyNode.Node.Gateway;
using EnergyNode.Node.Readings;
using EnergyNode.Node.Setup;

namespace EnergyNode.Node.Oracle;

/// <summary>The network's validators behind the port; the gateway must tolerate rejected commands.</summary>
internal sealed class GatewayLedger(ChainId chain, GatewayClient gateway, MeterKeys keys, TimeProvider time)
    : IReadingLedger
{
    private long _nonce;

    public async Task<LedgerCursor> ReadAsync(CancellationToken cancellation)
    {
        LedgerCursor cursor = await LedgerCursor.ReadSettledAsync(
            gateway, keys.Gateway.PublicKey, time, cancellation);
        _nonce = cursor.Nonce;
        return cursor;
    }

    public Task<IReadOnlyList<SettledMeter?>> ReadSettledAsync(
        IReadOnlyList<MeterEpoch> places, EpochIndex open, CancellationToken cancellation) =>
        SettledRecords.ReadAsync(new QuorumReader(gateway, time), places, open, cancellation);

    public async Task<IReadOnlyList<Receipt>> SubmitAsync(OracleBatch batch, CancellationToken cancellation)
    {
        List<Command> commands = [];
        foreach (MeasuredReading reading in batch.Readings)
        {
            commands.Add(new Command.SubmitReading(reading.Sign(chain, keys[reading.Meter])));
        }

        foreach (LateReading late in batch.Corrections)
        {
            commands.Add(late.ToCorrection(chain, LateReadings.Version, keys[late.Reading.Meter]));
        }

        if (batch.Close is { } epoch)
        {
            commands.Add(new Command.CloseEpoch(epoch));
        }

        SignedBatch signed = SignedBatch.Sign(
            chain,
            ++_nonce,
            UtcTime.Of(time.GetUtcNow()).Plus(Duration.FromSeconds(GatewayLimits.ValiditySeconds)),
            BatchFlags.InOrder,
            commands,
            keys.Gateway);
        Submission submission = await gateway.BeginAsync(signed, cancellation);
        return (await submission.Final.WaitAsync(cancellation)).Receipts;
    }
}
