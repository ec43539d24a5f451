using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using EnergyNode.Ledger;
using EnergyNode.Node.Gateway;

namespace EnergyNode.Node.Neighbours;

/// <summary>Reads what became of an epoch, and what was sold for the one that an hour later is.</summary>
internal sealed class OutcomeReader(QuorumReader reader)
{
    private delegate T Decode<T>(ref BorshReader reader);

    /// <param name="epoch">The last one that is closed.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="GatewayException">No f + 1 validators agree, or what they say cannot be read.</exception>
    public async Task<EpochOutcome> ReadAsync(long epoch, CancellationToken cancellation)
    {
        int zones = NeighbourMarket.Zones.Count;
        List<byte[]> prefixes = [[StateTables.Totals], PositionsOf(epoch + NeighbourLimits.AheadEpochs)];
        prefixes.AddRange(Enumerable.Range(0, zones).Select(zone => ResultOf(NeighbourMarket.Spot(zone), epoch)));
        prefixes.AddRange(Enumerable.Range(0, zones).Select(zone => ResultOf(NeighbourMarket.Ahead(zone), epoch)));
        QuorumState state = await reader.ReadAsync(prefixes, cancellation);
        IReadOnlyList<MarketTotals> totals = All(state.Parts[0], static (ref r) => MarketTotals.Decode(ref r));
        return new EpochOutcome(
            totals.Count == 1 ? totals[0] : throw new GatewayException("the validators report no totals"),
            [.. state.Parts.Skip(2).Take(zones).Select(ResultIn)],
            [.. state.Parts.Skip(2 + zones).Select(ResultIn)],
            All(state.Parts[1], static (ref r) => Position.Decode(ref r)));
    }

    /// <summary>A book in which nobody has traded has no row.</summary>
    private static EpochResult ResultIn(IReadOnlyList<KeyValuePair<byte[], byte[]>> rows) =>
        All(rows, static (ref r) => EpochResult.Decode(ref r)).FirstOrDefault();

    private static List<T> All<T>(IReadOnlyList<KeyValuePair<byte[], byte[]>> rows, Decode<T> decode)
    {
        List<T> values = [];
        foreach (KeyValuePair<byte[], byte[]> row in rows)
        {
            BorshReader value = new(row.Value);
            values.Add(decode(ref value));
            if (!value.End())
            {
                throw new GatewayException("the validators report an entry that cannot be read");
            }
        }

        return values;
    }

    private static byte[] PositionsOf(long delivery)
    {
        BorshWriter writer = new();
        writer.U8(StateTables.Positions);
        writer.I64(delivery);
        return writer.WrittenSpan.ToArray();
    }

    private static byte[] ResultOf(BookId book, long epoch)
    {
        BorshWriter writer = new();
        writer.U8(StateTables.EpochResults);
        writer.BookId(book);
        writer.I64(epoch);
        return writer.WrittenSpan.ToArray();
    }
}
