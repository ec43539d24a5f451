using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Sockets;
using System.Threading;

namespace EnergyNode.Node.Network;

/// <summary>Bounds connections between accept and welcome, in all and per IPv4 address or IPv6 /64.</summary>
internal sealed class HandshakeGate(int maxTotal, int maxPerAddress)
{
    private const int Ipv6PrefixBytes = 8;

    private readonly Lock _gate = new();
    private readonly Dictionary<IPAddress, int> _pending = [];
    private int _total;

    public bool TryEnter(IPAddress remote)
    {
        IPAddress source = SourceOf(remote);
        lock (_gate)
        {
            int ofSource = _pending.GetValueOrDefault(source);
            if (_total >= maxTotal || ofSource >= maxPerAddress)
            {
                return false;
            }

            _total++;
            _pending[source] = ofSource + 1;
            return true;
        }
    }

    public void Leave(IPAddress remote)
    {
        IPAddress source = SourceOf(remote);
        lock (_gate)
        {
            _total--;
            int left = _pending[source] - 1;
            if (left == 0)
            {
                _pending.Remove(source);
            }
            else
            {
                _pending[source] = left;
            }
        }
    }

    private static IPAddress SourceOf(IPAddress remote)
    {
        if (remote.IsIPv4MappedToIPv6)
        {
            return remote.MapToIPv4();
        }

        if (remote.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return remote;
        }

        byte[] bytes = remote.GetAddressBytes();
        Array.Clear(bytes, Ipv6PrefixBytes, bytes.Length - Ipv6PrefixBytes);
        return new IPAddress(bytes);
    }
}
