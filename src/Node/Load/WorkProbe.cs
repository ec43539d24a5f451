using System;
using System.Collections.Generic;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using EnergyNode.Node.Admin;
using EnergyNode.Node.Work;

namespace EnergyNode.Node.Load;

/// <summary>Asks a node of this user what it has spent its processor time on.</summary>
internal static class WorkProbe
{
    /// <param name="port">Its admin port on this machine.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>µs by what they were spent on, in the node's order.</returns>
    /// <exception cref="IOException">The node does not answer, or not as it should.</exception>
    public static async Task<IReadOnlyList<KeyValuePair<string, long>>> ReadAsync(
        int port, CancellationToken cancellation)
    {
        string token = new AdminDiscovery(AdminDiscovery.DefaultDirectory()).TokenOf(port)
            ?? throw new IOException($"the node with admin port {port} has left no token");
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(LoadLimits.ProbeTimeout);
        try
        {
            using TcpClient client = new();
            await client.ConnectAsync(IPAddress.Loopback, port, patience.Token);
            await using NetworkStream stream = client.GetStream();
            await stream.WriteAsync(Request(token), patience.Token);
            return Parse(await ReadLineAsync(stream, patience.Token));
        }
        catch (Exception error) when (error is SocketException or JsonException or InvalidOperationException
            or KeyNotFoundException or FormatException
            || (error is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            throw new IOException($"the node with admin port {port} does not say what it works on", error);
        }
    }

    /// <param name="line">An answer to <c>system work</c>.</param>
    internal static IReadOnlyList<KeyValuePair<string, long>> Parse(ReadOnlyMemory<byte> line)
    {
        using JsonDocument answer = JsonDocument.Parse(line);
        if (!answer.RootElement.GetProperty("ok").GetBoolean())
        {
            throw new IOException($"the node refused: {answer.RootElement.GetProperty("error").GetString()}");
        }

        List<KeyValuePair<string, long>> rows = [];
        foreach (JsonElement row in answer.RootElement.GetProperty("rows").EnumerateArray())
        {
            rows.Add(new(row[0].GetString()!, row[1].GetInt64()));
        }

        return rows;
    }

    private static byte[] Request(string token)
    {
        using MemoryStream request = new();
        using (Utf8JsonWriter json = new(request))
        {
            json.WriteStartObject();
            json.WriteNumber("v", 1);
            json.WriteString("token", token);
            json.WriteString("command", $"{WorkInspection.Palette} {WorkInspection.Name}");
            json.WriteEndObject();
        }

        request.WriteByte((byte)'\n');
        return request.ToArray();
    }

    private static async Task<ReadOnlyMemory<byte>> ReadLineAsync(
        NetworkStream stream, CancellationToken cancellation)
    {
        byte[] buffer = new byte[LoadLimits.MaxProbeBytes];
        int filled = 0;
        while (filled < buffer.Length)
        {
            int read = await stream.ReadAsync(buffer.AsMemory(filled), cancellation);
            if (read == 0)
            {
                break;
            }

            int end = Array.IndexOf(buffer, (byte)'\n', filled, read);
            filled += read;
            if (end >= 0)
            {
                return buffer.AsMemory(0, end);
            }
        }

        throw new IOException("the node's answer does not end");
    }
}
