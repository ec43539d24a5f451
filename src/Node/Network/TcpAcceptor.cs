using System;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace EnergyNode.Node.Network;

/// <summary>A listening socket and its loop.</summary>
internal sealed class TcpAcceptor : IDisposable
{
    private const int Backlog = 512;

    private readonly Socket _socket;
    private readonly TimeProvider _time;

    /// <exception cref="ListenException">The port is in use, or something else is in the way.</exception>
    public TcpAcceptor(IPEndPoint endPoint, TimeProvider time)
    {
        _time = time;
        Socket? socket = null;
        try
        {
            socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            if (endPoint.Address.Equals(IPAddress.IPv6Any))
            {
                socket.DualMode = true;
            }

            socket.Bind(endPoint);
            socket.Listen(Backlog);
        }
        catch (SocketException e)
        {
            socket?.Dispose();
            throw new ListenException(endPoint, e);
        }

        _socket = socket;
        EndPoint = (IPEndPoint)socket.LocalEndPoint!;
    }

    /// <summary>The real one, with the port that 0 stood for.</summary>
    public IPEndPoint EndPoint { get; }

    /// <summary>Takes connections until it is cancelled. Only then may this be disposed.</summary>
    public async Task RunAsync(Action<Socket> accepted, CancellationToken stop)
    {
        while (true)
        {
            try
            {
                accepted(await _socket.AcceptAsync(stop));
            }
            catch (SocketException)
            {
                // Too few file descriptors, or a connection that was gone before it was taken: neither is for ever.
                await Task.Delay(NetworkLimits.AcceptRetryDelay, _time, stop);
            }
        }
    }

    public void Dispose() => _socket.Dispose();
}
