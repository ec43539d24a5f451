using System;
using System.IO;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace EnergyNode.Node.Admin;

/// <summary>One client: a request, its reply, the next request, until either side has enough.</summary>
internal sealed class AdminConnection(
    NetworkStream stream,
    AdminDispatcher dispatcher,
    AdminResponseWriter writer,
    AdminLimits limits,
    TimeProvider clock)
{
    private readonly AdminLineReader reader = new(stream, limits.MaxRequestBytes);

    /// <param name="welcome">False when all places are taken: the client is told, and nothing else.</param>
    /// <param name="stopping">The node stops.</param>
    public async Task RunAsync(bool welcome, CancellationToken stopping)
    {
        try
        {
            await (welcome ? ServeAsync(stopping) : TurnAwayAsync(stopping)).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException
            or ObjectDisposedException)
        {
            // The client left, was too slow, or the node stops: in all three there is nobody to tell.
        }
    }

    private async Task TurnAwayAsync(CancellationToken stopping)
    {
        string error = $"the node's {limits.MaxConnections} admin connections are in use; close one and try again";
        var reply = new AdminReply(AdminTable.Refuse(error, AdminExit.CannotConnect), Closes: true);
        await SendAsync(reply, stopping).ConfigureAwait(false);
        await DrainAsync(stopping).ConfigureAwait(false);
    }

    private async Task ServeAsync(CancellationToken stopping)
    {
        TimeSpan patience = limits.GreetingTimeout;
        while (true)
        {
            (AdminLineReader.Outcome outcome, ReadOnlyMemory<byte> line) =
                await ReadAsync(patience, stopping).ConfigureAwait(false);
            AdminReply? reply = outcome switch
            {
                AdminLineReader.Outcome.Line => await dispatcher.AnswerAsync(line, stopping).ConfigureAwait(false),
                AdminLineReader.Outcome.TooLong => new AdminReply(
                    AdminTable.Refuse($"the request is longer than {limits.MaxRequestBytes} bytes", AdminExit.Usage),
                    Closes: true),
                _ => null,
            };
            if (reply is null)
            {
                return;
            }

            await SendAsync(reply, stopping).ConfigureAwait(false);
            if (reply.Closes)
            {
                await DrainAsync(stopping).ConfigureAwait(false);
                return;
            }

            patience = limits.IdleTimeout;
        }
    }

    private async Task<(AdminLineReader.Outcome Outcome, ReadOnlyMemory<byte> Line)> ReadAsync(
        TimeSpan patience, CancellationToken stopping)
    {
        using var timer = new CancellationTokenSource(patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, stopping);
        return await reader.ReadAsync(either.Token).ConfigureAwait(false);
    }

    private async Task SendAsync(AdminReply reply, CancellationToken stopping)
    {
        // A stop must not cut the reply that announces it, so only the clock ends a write.
        using var timer = new CancellationTokenSource(
            stopping.IsCancellationRequested ? TimeSpan.FromSeconds(1) : limits.WriteTimeout, clock);
        await stream.WriteAsync(writer.Write(reply), timer.Token).ConfigureAwait(false);
    }

    // Closing with unread input resets the connection, and a reset can overtake the refusal just sent. So what the
    // client still sends is read, up to as much again as one request may have.
    private async Task DrainAsync(CancellationToken stopping)
    {
        using var timer = new CancellationTokenSource(limits.GreetingTimeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, stopping);
        stream.Socket.Shutdown(SocketShutdown.Send);
        byte[] rest = new byte[4096];
        int left = limits.MaxRequestBytes;
        while (left > 0)
        {
            int count = await stream.ReadAsync(rest, either.Token).ConfigureAwait(false);
            if (count == 0)
            {
                return;
            }

            left -= count;
        }
    }
}
