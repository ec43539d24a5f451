using System;
using System.Collections.Generic;
using EnergyNode.Ledger;

namespace EnergyNode.Market.Clearing;

/// <summary>Lists in certificates: their count, then one after the other.</summary>
internal static class CertificateLists
{
    public delegate T Decoding<out T>(ref BorshReader reader);

    public static void Write<T>(BorshWriter writer, List<T> items, Action<T, BorshWriter> encode)
    {
        writer.Count(items.Count);
        foreach (T item in items)
        {
            encode(item, writer);
        }
    }

    /// <param name="reader">The caller checks <see cref="BorshReader.Ok"/>.</param>
    /// <param name="max">More items are refused.</param>
    /// <param name="minBytes">Of one item, so that a count cannot promise more than there is.</param>
    /// <param name="decode">Reads one.</param>
    public static List<T> Read<T>(ref BorshReader reader, int max, int minBytes, Decoding<T> decode)
    {
        List<T> items = [];
        for (int left = reader.Count(max, minBytes); left > 0; left--)
        {
            items.Add(decode(ref reader));
        }

        return items;
    }
}
