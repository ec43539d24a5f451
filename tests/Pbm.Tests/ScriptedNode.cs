using System;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Tasks;

namespace EnergyNode.Pbm.Tests;

/// <summary>A server that answers each line it gets with the next of its bytes, whatever they are.</summary>
internal sealed class ScriptedNode : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly TaskCompletionSource asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task serving;

    /// <param name="answers">One for each request; null closes the connection, the empty text leaves it silent.</param>
    public ScriptedNode(params string?[] answers)
    {
        listener.Start();
        serving = ServeAsync(answers);
    }

    public string Address => $"127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";

    /// <summary>Completed when the first request is there.</summary>
    public Task Asked => asked.Task;

    public async ValueTask DisposeAsync()
    {
        listener.Stop();
        await serving;
    }

    private async Task ServeAsync(string?[] answers)
    {
        try
        {
            using TcpClient client = await listener.AcceptTcpClientAsync();
            using var reader = new StreamReader(client.GetStream());
            foreach (string? answer in answers)
            {
                await reader.ReadLineAsync();
                asked.TrySetResult();
                if (answer is null)
                {
                    return;
                }

                await client.GetStream().WriteAsync(Encoding.UTF8.GetBytes(answer));
            }

            await reader.ReadToEndAsync();
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException)
        {
            // The client left first.
        }
    }
}
