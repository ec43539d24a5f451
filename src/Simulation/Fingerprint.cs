using System;
using System.Buffers.Binary;

namespace EnergyNode.Simulation;

/// <summary>A fast 64-bit digest that is the same in every process. Finds differences; resists nobody.</summary>
internal struct Fingerprint
{
    private const ulong Multiplier = 0x9E3779B97F4A7C15;

    public ulong Value { get; private set; }

    public static ulong Of(ReadOnlySpan<byte> bytes, ulong key = 0)
    {
        Fingerprint print = new() { Value = key };
        print.Add(bytes);
        return print.Value;
    }

    public void Add(ulong value) => Value = Mix(Value ^ value);

    public void Add(ReadOnlySpan<byte> bytes)
    {
        Add((ulong)bytes.Length);
        while (bytes.Length >= sizeof(ulong))
        {
            Add(BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[sizeof(ulong)..];
        }

        ulong rest = 0;
        foreach (byte b in bytes)
        {
            rest = (rest << 8) | b;
        }

        Add(rest);
    }

    private static ulong Mix(ulong value)
    {
        unchecked
        {
            value += Multiplier;
            value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
            value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
            return value ^ (value >> 31);
        }
    }
}
