using System;
using System.Globalization;
using System.Net;

namespace EnergyNode.Node.Configuration;

/// <summary>A host name or IP address and a TCP port.</summary>
/// <param name="Host">Without brackets, also for IPv6.</param>
/// <param name="Port">1 … 65535.</param>
public readonly record struct NodeAddress(string Host, int Port)
{
    private const int LongestHostName = 253;
    private const string SystemName = "energy-node";

    /// <summary>Reads <c>host:port</c>, <c>1.2.3.4:port</c> or <c>[::1]:port</c>.</summary>
    public static bool TryParse(string text, out NodeAddress address)
    {
        address = default;
        int colon = text.LastIndexOf(':');
        if (colon <= 0 || !int.TryParse(
            text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int port))
        {
            return false;
        }

        string host = text[..colon];
        bool bracketed = host.Length > 2 && host[0] == '[' && host[^1] == ']';
        host = bracketed ? host[1..^1] : host;
        if (port is < 1 or > 65535 || !IsHost(host) || bracketed != host.Contains(':', StringComparison.Ordinal))
        {
            return false;
        }

        address = new NodeAddress(host, port);
        return true;
    }

    /// <summary>Reads an Akka address, <c>akka.tcp://energy-node@host:port</c>, or a plain one.</summary>
    public static bool TryParseSeed(string text, out NodeAddress address)
    {
        foreach (string scheme in (ReadOnlySpan<string>)["akka.tcp://", "akka://"])
        {
            if (text.StartsWith(scheme + SystemName + "@", StringComparison.Ordinal))
            {
                return TryParse(text[(scheme.Length + SystemName.Length + 1)..], out address);
            }
        }

        return TryParse(text, out address);
    }

    /// <summary>Whether the text is an IP address or can be the name of a host (RFC 1123, and underscores).</summary>
    public static bool IsHost(string text)
    {
        if (text.Contains(':', StringComparison.Ordinal))
        {
            return IPAddress.TryParse(text, out _);
        }

        bool valid = text.Length is > 0 and <= LongestHostName && text[0] is not ('.' or '-');
        foreach (char c in text)
        {
            valid &= char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_';
        }

        return valid;
    }

    public override string ToString() => Host.Contains(':', StringComparison.Ordinal)
        ? string.Create(CultureInfo.InvariantCulture, $"[{Host}]:{Port}")
        : string.Create(CultureInfo.InvariantCulture, $"{Host}:{Port}");
}
