using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using EnergyNode.Ledger;
using EnergyNode.Market.Metering;
using EnergyNode.Node.Gateway;

namespace EnergyNode.Node.Readings;

/// <summary>
/// How far the ledger has confirmed a gateway's readings, as f + 1 validators report it: where a submission goes on,
/// whoever or whatever stopped it. Nothing of it is kept on the gateway's disk, so nothing can disagree.
/// </summary>
/// <param name="OpenEpoch">The epoch that takes readings.</param>
/// <param name="Nonce">The highest that the gateway has used; 0 before the first.</param>
/// <param name="Meters">The registered meters.</param>
internal sealed record LedgerCursor(
    EpochIndex OpenEpoch, long Nonce, IReadOnlyDictionary<MeterId, RegisteredMeter> Meters)
{
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Batches of a run that was killed may still be on their way: the cursor counts when it stands still.
    /// </summary>
    /// <exception cref="GatewayException">No f + 1 validators agree, or what they say cannot be read.</exception>
    public static async Task<LedgerCursor> ReadSettledAsync(
        GatewayClient client, PublicKey gateway, TimeProvider time, CancellationToken cancellation)
    {
        QuorumReader reader = new(client, time);
        LedgerCursor cursor = await ReadAsync(reader, gateway, cancellation);
        while (true)
        {
            await Task.Delay(Settle, time, cancellation);
            LedgerCursor next = await ReadAsync(reader, gateway, cancellation);
            if (next.Nonce == cursor.Nonce && next.OpenEpoch == cursor.OpenEpoch)
            {
                return next;
            }

            cursor = next;
        }
    }

    private static async Task<LedgerCursor> ReadAsync(
        QuorumReader reader, PublicKey gateway, CancellationToken cancellation)
    {
        QuorumState state = await reader.ReadAsync(
            [[StateTables.Totals], [StateTables.Nonces, .. gateway.ToArray()], [StateTables.Meters]], cancellation);
        EpochIndex open = default;
        long nonce = 0;
        bool good = true;

        // A chain on which no epoch was closed and nothing read has no row of totals yet.
        if (state.Parts[0].Count > 0)
        {
            BorshReader totals = new(state.Parts[0][0].Value);
            open = MarketTotals.Decode(ref totals).OpenEpoch;
            good &= totals.Ok;
        }

        if (state.Parts[1].Count > 0)
        {
            BorshReader window = new(state.Parts[1][0].Value);
            nonce = window.I64();
            good &= window.Ok;
        }

        Dictionary<MeterId, RegisteredMeter> meters = [];
        foreach (KeyValuePair<byte[], byte[]> leaf in state.Parts[2])
        {
            BorshReader key = new(leaf.Key);
            key.U8();
            BorshReader value = new(leaf.Value);
            value.AccountId();
            meters[key.MeterId()] = new RegisteredMeter(
                value.PublicKey(), new Watts(value.I64()), new Watts(value.I64()), new EpochIndex(value.I64()));
            good &= key.Ok && value.Ok;
        }

        return good ? new LedgerCursor(open, nonce, meters) : throw Unreadable();
    }

    private static GatewayException Unreadable() => new("the validators report a state that cannot be read");
}
