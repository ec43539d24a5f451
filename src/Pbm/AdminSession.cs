using System;
using System.Buffers;
using System.Collections.Generic;
using System.IO;
using System.Net.Sockets;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;

namespace EnergyNode.Pbm;

/// <summary>A connection to one node's admin port.</summary>
internal sealed class AdminSession : IDisposable
{
    private readonly NodeEndpoint endpoint;
    private readonly Socket socket;
    private readonly NetworkStream stream;
    private readonly BoundedLineReader lines;
    private readonly AnswerReader answers;

    private AdminSession(NodeEndpoint endpoint, Socket socket, PbmLimits limits)
    {
        this.endpoint = endpoint;
        this.socket = socket;
        stream = new NetworkStream(socket, ownsSocket: false);
        lines = new BoundedLineReader(stream, limits.MaxAnswerBytes);
        answers = new AnswerReader(limits);
    }

    /// <summary>What the node has to be shown; set before the first question.</summary>
    public string Token { get; set; } = "";

    /// <exception cref="PbmException">Code 3.</exception>
    public static async Task<AdminSession> ConnectAsync(
        NodeEndpoint endpoint, PbmLimits limits, CancellationToken cancellation)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(endpoint.Host, endpoint.Port, cancellation).ConfigureAwait(false);
            return new AdminSession(endpoint, socket, limits);
        }
        catch (Exception e) when (e is SocketException or ArgumentException)
        {
            socket.Dispose();
            throw new PbmException(
                PbmExit.CannotConnect,
                $"cannot connect to {endpoint} ({e.Message.TrimEnd('.')}); start the node, or name its host:port",
                e);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Sends one request and reads its answer, which may be a refusal.</summary>
    /// <exception cref="PbmException">Code 3 or 70.</exception>
    public async Task<Answer> AskAsync(
        string command,
        IReadOnlyDictionary<string, AnswerCell> arguments,
        TimeSpan nodeTimeout,
        CancellationToken cancellation)
    {
        try
        {
            await stream.WriteAsync(Request(command, arguments, nodeTimeout), cancellation).ConfigureAwait(false);
            ReadOnlyMemory<byte>? line = await lines.ReadAsync(cancellation).ConfigureAwait(false);
            return line is { } present ? answers.Read(present) : throw new EndOfStreamException();
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            throw new PbmException(
                PbmExit.CannotConnect, $"{endpoint} closed the connection; see whether the node is still running", e);
        }
        catch (FormatException e)
        {
            throw new PbmException(
                PbmExit.Internal,
                $"cannot read the answer of {endpoint}: {e.Message}; "
                + "see whether that is an EnergyNode admin port of this release",
                e);
        }
    }

    public void Dispose()
    {
        stream.Dispose();
        socket.Dispose();
    }

    private ReadOnlyMemory<byte> Request(
        string command, IReadOnlyDictionary<string, AnswerCell> arguments, TimeSpan nodeTimeout)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteNumber("v", 1);
            json.WriteString("token", Token);
            json.WriteString("command", command);
            json.WriteStartObject("args");
            foreach ((string name, AnswerCell value) in arguments)
            {
                json.WritePropertyName(name);
                JsonOutput.WriteCell(json, value);
            }

            json.WriteEndObject();
            json.WriteNumber("timeoutMs", Math.Max(1, (long)nodeTimeout.TotalMilliseconds));
            json.WriteEndObject();
        }

        bytes.Write("\n"u8);
        return bytes.WrittenMemory;
    }
}
