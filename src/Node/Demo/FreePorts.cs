using System.Collections.Generic;
using System.Net;
using System.Net.Sockets;

namespace EnergyNode.Node.Demo;

/// <summary>Loopback ports that nobody listened on a moment ago.</summary>
internal static class FreePorts
{
    /// <summary>Takes all at once, so that none comes twice.</summary>
    public static IReadOnlyList<int> Take(int count)
    {
        List<TcpListener> listeners = [];
        try
        {
            List<int> ports = [];
            for (int i = 0; i < count; i++)
            {
                TcpListener listener = new(IPAddress.Loopback, 0);
                listeners.Add(listener);
                listener.Start();
                ports.Add(((IPEndPoint)listener.LocalEndpoint).Port);
            }

            return ports;
        }
        finally
        {
            foreach (TcpListener listener in listeners)
            {
                listener.Dispose();
            }
        }
    }
}
