using System;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace EnergyNode.Node.Network;

/// <summary>Names to addresses, addresses to connected sockets.</summary>
internal static class TcpDial
{
    /// <exception cref="SocketException">The name is unknown or the name server is.</exception>
    public static async Task<IPAddress[]> ResolveAsync(PeerAddress address, CancellationToken cancellation) =>
        IPAddress.TryParse(address.Host, out IPAddress? ip)
            ? [ip]
            : await Dns.GetHostAddressesAsync(address.Host, cancellation);

    /// <exception cref="SocketException">Nothing answers, within the time-out (then TimedOut).</exception>
    public static async Task<Socket> ConnectAsync(
        IPEndPoint endPoint, TimeSpan timeout, TimeProvider time, CancellationToken cancellation)
    {
        using CancellationTokenSource patience = new(timeout, time);
        using CancellationTokenSource either =
            CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellation);
        Socket socket = new(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(endPoint, either.Token);
            return socket;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            socket.Dispose();
            throw new SocketException((int)SocketError.TimedOut);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
