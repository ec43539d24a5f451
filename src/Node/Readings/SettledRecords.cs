using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using EnergyNode.Ledger;
using EnergyNode.Node.Gateway;

namespace EnergyNode.Node.Readings;

/// <summary>Reads by what values meters are settled, as f + 1 validators report it (table 66).</summary>
internal static class SettledRecords
{
    /// <exception cref="GatewayException">
    /// No f + 1 validators agree, what they say cannot be read, or they have not come to the epoch yet.
    /// </exception>
    public static async Task<IReadOnlyList<SettledMeter?>> ReadAsync(
        QuorumReader reader, IReadOnlyList<MeterEpoch> places, EpochIndex open, CancellationToken cancellation)
    {
        List<byte[]> prefixes = [[StateTables.Totals]];
        foreach (MeterEpoch place in places)
        {
            BorshWriter key = new();
            key.U8(StateTables.SettledMeters);
            key.MeterId(place.Meter);
            key.I64(place.Epoch.Value);
            prefixes.Add(key.ToArray());
        }

        QuorumState state = await reader.ReadAsync(prefixes, cancellation);
        if (OpenEpochOf(state.Parts[0]).Value < open.Value)
        {
            throw new GatewayException("the validators lag behind the epochs that were closed");
        }

        List<SettledMeter?> settled = [];
        for (int at = 1; at < state.Parts.Count; at++)
        {
            settled.Add(state.Parts[at].Count == 0 ? null : RowOf(state.Parts[at][0].Value));
        }

        return settled;
    }

    private static EpochIndex OpenEpochOf(IReadOnlyList<KeyValuePair<byte[], byte[]>> totals)
    {
        if (totals.Count == 0)
        {
            return default;
        }

        BorshReader reader = new(totals[0].Value);
        EpochIndex open = MarketTotals.Decode(ref reader).OpenEpoch;
        return reader.Ok ? open : throw Unreadable();
    }

    private static SettledMeter RowOf(byte[] value)
    {
        BorshReader reader = new(value);
        SettledMeter row = new(
            reader.AccountId(), new WattHours(reader.I64()), new WattHours(reader.I64()), reader.I64());
        return reader.End() ? row : throw Unreadable();
    }

    private static GatewayException Unreadable() => new("the validators report a state that cannot be read");
}
