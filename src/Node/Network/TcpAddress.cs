using System.Net;
using System.Net.Sockets;

namespace EnergyNode.Node.Network;

/// <summary>Addresses as people write them: IPv4 seen through an IPv6 socket is IPv4.</summary>
internal static class TcpAddress
{
    /// <exception cref="SocketException">The connection is gone already.</exception>
    public static string Remote(Socket socket)
    {
        IPEndPoint endPoint = RemoteEndPoint(socket);
        return PeerAddress.Of(endPoint).ToString();
    }

    /// <exception cref="SocketException">The connection is gone already.</exception>
    public static IPEndPoint RemoteEndPoint(Socket socket)
    {
        if (socket.RemoteEndPoint is not IPEndPoint endPoint)
        {
            throw new SocketException((int)SocketError.NotConnected);
        }

        return endPoint.Address.IsIPv4MappedToIPv6
            ? new IPEndPoint(endPoint.Address.MapToIPv4(), endPoint.Port)
            : endPoint;
    }
}
