using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using System.Text;

namespace EnergyNode.Ledger.Tests.Merkle;

/// <summary>The oracle: a sorted dictionary, and docs/spec/merkle.md read out word by word with bits as text.</summary>
internal sealed class NaiveState
{
    private static readonly Comparer<byte[]> AsBytes =
        Comparer<byte[]>.Create((a, b) => a.AsSpan().SequenceCompareTo(b));

    public SortedDictionary<byte[], byte[]> Entries { get; } = new(AsBytes);

    public Hash32 Root()
    {
        List<(string Bits, byte[] Key, byte[] Value)> leaves =
            Entries.Select(entry => (Bits(entry.Key), entry.Key, entry.Value)).ToList();
        return leaves.Count == 0 ? Hash32.Zero : new Hash32(Build(leaves));
    }

    private static byte[] Build(List<(string Bits, byte[] Key, byte[] Value)> leaves)
    {
        if (leaves.Count == 1)
        {
            (_, byte[] key, byte[] value) = leaves[0];
            return SHA256.HashData([2, .. BitConverter.GetBytes(key.Length), .. key, .. SHA256.HashData(value)]);
        }

        int index = 0;
        while (leaves.All(leaf => leaf.Bits[index] == leaves[0].Bits[index]))
        {
            index++;
        }

        byte[] left = Build(leaves.Where(leaf => leaf.Bits[index] == '0').ToList());
        byte[] right = Build(leaves.Where(leaf => leaf.Bits[index] == '1').ToList());
        return SHA256.HashData([3, .. BitConverter.GetBytes(index), .. left, .. right]);
    }

    private static string Bits(byte[] key)
    {
        StringBuilder bits = new();
        foreach (byte value in key)
        {
            bits.Append('1').Append(Convert.ToString(value, 2).PadLeft(8, '0'));
        }

        return bits.ToString().PadRight(9 * 96 + 1, '0');
    }
}
