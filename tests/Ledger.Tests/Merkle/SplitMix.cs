namespace EnergyNode.Ledger.Tests.Merkle;

/// <summary>SplitMix64 (Steele, Lea, Flood 2014): the same numbers for the same seed, everywhere.</summary>
internal sealed class SplitMix(ulong seed)
{
    private ulong _state = seed;

    public ulong Next()
    {
        unchecked
        {
            _state += 0x9E3779B97F4A7C15;
            ulong z = (_state ^ (_state >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }
    }

    public int Below(int bound) => (int)(Next() % (ulong)bound);

    public byte[] Bytes(int length)
    {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++)
        {
            bytes[i] = (byte)(Next() & 0xFF);
        }

        return bytes;
    }

    /// <summary>Keys that collide, extend each other and reach the limits.</summary>
    public byte[] Key()
    {
        int kind = Below(10);
        int length = kind == 0 ? 90 + Below(7) : kind < 4 ? 1 + Below(12) : 1 + Below(4);
        byte[] key = new byte[length];
        for (int i = 0; i < length; i++)
        {
            key[i] = kind == 9 ? (byte)Below(256) : (byte)(Below(3) switch { 0 => 0x00, 1 => 0xFF, _ => 0x61 });
        }

        return key;
    }

    public void Shuffle<T>(T[] items)
    {
        for (int i = items.Length - 1; i > 0; i--)
        {
            int j = Below(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }
}
