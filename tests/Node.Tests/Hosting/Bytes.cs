using System;

namespace EnergyNode.Node.Tests.Hosting;

internal static class Bytes
{
    /// <summary>Where a needle begins at or after a place; −1 if nowhere.</summary>
    public static int AsSpanIndexOf(this byte[] bytes, byte[] needle, int from = 0)
    {
        int found = bytes.AsSpan(from).IndexOf(needle);
        return found < 0 ? -1 : from + found;
    }
}
