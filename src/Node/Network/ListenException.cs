using System;
using System.Net;
using System.Net.Sockets;

namespace EnergyNode.Node.Network;

/// <summary>The node cannot listen where it was told to. The message is one line and says what to do.</summary>
public sealed class ListenException : Exception
{
    internal ListenException(IPEndPoint endPoint, SocketException cause)
        : base("Cannot listen on " + endPoint + ": " + Explain(cause), cause)
    {
    }

    private static string Explain(SocketException cause) => cause.SocketErrorCode switch
    {
        SocketError.AddressAlreadyInUse =>
            "the port is in use. Stop the program that uses it, or set another listen port (0 takes a free one).",
        SocketError.AccessDenied => "permission denied. Set a listen port above 1023.",
        SocketError.AddressNotAvailable =>
            "this machine does not have that address. Set one of its own, or 0.0.0.0 or [::] for all.",
        SocketError.AddressFamilyNotSupported => "this machine has no IPv6. Set an IPv4 address.",
        _ => cause.Message + ". Check the listen address in the configuration.",
    };
}
