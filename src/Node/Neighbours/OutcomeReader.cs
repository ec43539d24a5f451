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
        prefixes.Add(FlowsOf(epoch));
        QuorumState state = await reader.ReadAsync(prefixes, cancellation);
        IReadOnlyList<MarketTotals> totals = All(state.Parts[0], static (ref r) => MarketTotals.Decode(ref r));
        IReadOnlyList<KeyValuePair<(LineKind Kind, Label Name), LineFlow>> flows = FlowsIn(state.Parts[^1]);
        return new EpochOutcome(
            totals.Count == 1 ? totals[0] : throw new GatewayException("the validators report no totals"),
            [.. state.Parts.Skip(2).Take(zones).Select(ResultIn)],
            [.. state.Parts.Skip(2 + zones).Take(zones).Select(ResultIn)],
            flows.FirstOrDefault(static flow => flow.Key == (LineKind.Zone, NeighbourMarket.LineEnd)).Value,
            flows.Count(static flow => flow.Key.Kind == LineKind.Feeder && flow.Value.IsFull),
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

    private static List<KeyValuePair<(LineKind Kind, Label Name), LineFlow>> FlowsIn(
        IReadOnlyList<KeyValuePair<byte[], byte[]>> rows)
    {
        List<LineFlow> flows = All(rows, static (ref r) => LineFlow.Decode(ref r));
        List<KeyValuePair<(LineKind Kind, Label Name), LineFlow>> named = [];
        for (int row = 0; row < rows.Count; row++)
        {
            BorshReader key = new(rows[row].Key);
            key.U8();
            key.I64();
            named.Add(new(((LineKind)key.Tag((byte)LineKind.Feeder), key.Label()), flows[row]));
        }

        return named;
    }

    private static byte[] FlowsOf(long delivery)
    {
        BorshWriter writer = new();
        writer.U8(StateTables.LineFlows);
        writer.I64(delivery);
        return writer.WrittenSpan.ToArray();
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
