using System;
using System.Globalization;
using System.Net;

namespace EnergyNode.Pbm;

/// <summary>The address of an admin port.</summary>
internal sealed record NodeEndpoint(string Host, int Port)
{
    /// <summary>Where a node listens unless it is configured otherwise.</summary>
    public static readonly NodeEndpoint Default = new("127.0.0.1", 9110);

    public bool IsLoopback =>
        Host == "localhost" || (IPAddress.TryParse(Host, out IPAddress? address) && IPAddress.IsLoopback(address));

    /// <summary>Reads <c>host:port</c> or <c>[ipv6]:port</c>.</summary>
    public static NodeEndpoint? TryParse(string text)
    {
        int colon = text.LastIndexOf(':');
        if (colon <= 0
            || !int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int port)
            || port is < 1 or > ushort.MaxValue)
        {
            return null;
        }

        string host = text[..colon];
        if (host.StartsWith('[') && host.EndsWith(']'))
        {
            host = host[1..^1];
            return IPAddress.TryParse(host, out _) ? new NodeEndpoint(host, port) : null;
        }

        return host.Contains(':') ? null : new NodeEndpoint(host, port);
    }

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{(Host.Contains(':') ? $"[{Host}]" : Host)}:{Port}");
}
