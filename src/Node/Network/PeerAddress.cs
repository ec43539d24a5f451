using System;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace EnergyNode.Node.Network;

/// <summary>A TCP address: IPv4, IPv6 or host name, and port.</summary>
public readonly record struct PeerAddress(string Host, int Port)
{
    public static PeerAddress Of(IPEndPoint endPoint) => new(endPoint.Address.ToString(), endPoint.Port);

    /// <summary>Reads <c>10.0.0.1:7000</c>, <c>[fd00::1]:7000</c> or <c>node-1.example:7000</c>.</summary>
    public static bool TryParse(string text, out PeerAddress address)
    {
        address = default;
        int colon = text.LastIndexOf(':');
        if (colon <= 0
            || text.Length > NetworkLimits.MaxAddressBytes
            || !int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int port)
            || port is < 1 or > IPEndPoint.MaxPort)
        {
            return false;
        }

        string host = text[..colon];
        if (host.StartsWith('[') && host.EndsWith(']'))
        {
            host = host[1..^1];
            if (!IPAddress.TryParse(host, out IPAddress? v6) || v6.AddressFamily != AddressFamily.InterNetworkV6)
            {
                return false;
            }
        }
        else if (Uri.CheckHostName(host) is not (UriHostNameType.IPv4 or UriHostNameType.Dns))
        {
            return false;
        }

        address = new PeerAddress(host, port);
        return true;
    }

    public override string ToString()
    {
        string port = Port.ToString(CultureInfo.InvariantCulture);
        return Host.Contains(':') ? "[" + Host + "]:" + port : Host + ":" + port;
    }
}
