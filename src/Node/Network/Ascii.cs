using System;

namespace EnergyNode.Node.Network;

/// <summary>The text of a hello: printable ASCII without space, so that it can go into a log line as it is.</summary>
internal static class Ascii
{
    public static bool IsPrintable(ReadOnlySpan<char> text) => !text.ContainsAnyExceptInRange('!', '~');

    public static bool IsPrintable(ReadOnlySpan<byte> text) => !text.ContainsAnyExceptInRange((byte)'!', (byte)'~');
}
