using System;
using System.Collections.Generic;
using System.Linq;

namespace EnergyNode.Node.Readings;

/// <summary>
/// Finds out which block belongs to which MeterReading and which ReadingType that one has. ESPI says so by Atom links
/// only: MeterReading links to its IntervalBlock collection and to its ReadingType.
/// </summary>
internal static class GreenButtonStreams
{
    /// <returns>In the order of their first blocks.</returns>
    public static IReadOnlyList<GreenButtonStream> Of(GreenButtonFeed feed)
    {
        Dictionary<string, EspiMeterReading> byCollection = new(StringComparer.Ordinal);
        foreach (EspiMeterReading meterReading in feed.MeterReadings)
        {
            foreach (string address in meterReading.Links.Related)
            {
                byCollection.TryAdd(address, meterReading);
            }

            byCollection.TryAdd(meterReading.Links.Self + "/IntervalBlock", meterReading);
        }

        Dictionary<string, EspiReadingType> types = new(StringComparer.Ordinal);
        foreach (EspiReadingType type in feed.ReadingTypes)
        {
            types.TryAdd(type.Links.Self, type);
        }

        List<GreenButtonStream> streams = [];
        Dictionary<object, GreenButtonStream> known = [];
        foreach (EspiBlock block in feed.Blocks)
        {
            EspiMeterReading? meterReading = byCollection.GetValueOrDefault(block.Links.Collection) ?? block.Preceding;
            object key = meterReading is null ? block.Links.Collection : meterReading;
            if (!known.TryGetValue(key, out GreenButtonStream? stream))
            {
                EspiReadingType? type = TypeOf(meterReading, types, feed.ReadingTypes);
                stream = new GreenButtonStream(MeterOf(meterReading, block), type, []);
                known.Add(key, stream);
                streams.Add(stream);
            }

            stream.Blocks.Add(block);
        }

        return streams;
    }

    private static EspiReadingType? TypeOf(
        EspiMeterReading? meterReading,
        Dictionary<string, EspiReadingType> types,
        List<EspiReadingType> all)
    {
        string? address = meterReading?.Links.Related.FirstOrDefault(types.ContainsKey);
        if (address is not null)
        {
            return types[address];
        }

        return all.Count == 1 ? all[0] : null;
    }

    private static string MeterOf(EspiMeterReading? meterReading, EspiBlock block)
    {
        string usagePoint = meterReading?.Links.UsagePoint ?? "";
        usagePoint = usagePoint.Length > 0 ? usagePoint : block.Links.UsagePoint;
        return usagePoint.Length > 0 ? usagePoint : meterReading?.Links.Self ?? block.Links.Collection;
    }
}
