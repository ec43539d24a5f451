using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace EnergyNode.Node.Admin;

/// <summary>The admin port of one node.</summary>
public sealed class AdminServer : IAsyncDisposable
{
    private readonly AdminOptions options;
    private readonly AdminToken token;
    private readonly TimeProvider clock;
    private readonly AdminDispatcher dispatcher;
    private readonly AdminResponseWriter writer;
    private readonly AdminDiscovery discovery;
    private readonly CancellationTokenSource stop = new();
    private readonly Lock gate = new();
    private readonly HashSet<Task> connections = [];
    private Socket? listener;
    private Task accepting = Task.CompletedTask;
    private bool disposed;

    /// <param name="options">Where to listen.</param>
    /// <param name="registry">The commands; <c>help</c> is answered by the server itself.</param>
    /// <param name="token">What each request has to present.</param>
    /// <param name="clock">Drives time-outs only; null is the system's.</param>
    public AdminServer(AdminOptions options, AdminRegistry registry, AdminToken token, TimeProvider? clock = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        this.options = options;
        this.token = token;
        this.clock = clock ?? TimeProvider.System;
        dispatcher = new AdminDispatcher(options, registry, token, this.clock);
        writer = new AdminResponseWriter(options);
        discovery = new AdminDiscovery(options.RuntimeDirectory ?? AdminDiscovery.DefaultDirectory());
    }

    /// <summary>The address bound; its port is the real one when 0 was asked for.</summary>
    public IPEndPoint EndPoint { get; private set; } = new(IPAddress.None, 0);

    /// <summary>The discovery file, once started.</summary>
    public string? DiscoveryFile { get; private set; }

    /// <summary>Binds, writes the discovery file, listens. Returns when clients can connect.</summary>
    /// <exception cref="AdminStartException">With one line for the operator.</exception>
    public void Start()
    {
        if (!IPAddress.IsLoopback(options.Host) && !options.AllowRemote)
        {
            throw new AdminStartException(
                $"the admin port would be open to other machines on {options.Host}, and it is not encrypted; "
                + "use a loopback address (and ssh -L from afar), or allow remote access explicitly");
        }

        var socket = new Socket(options.Host.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(options.Host, options.Port));
            EndPoint = (IPEndPoint)socket.LocalEndPoint!;

            // Written between bind and listen: whoever can connect already finds the token.
            DiscoveryFile = discovery.Write(EndPoint, token, options, clock.GetUtcNow());
            socket.Listen(options.Limits.MaxConnections);
        }
        catch (SocketException e)
        {
            socket.Dispose();
            RemoveDiscoveryFile();
            throw new AdminStartException(BindProblem(e), e);
        }
        catch
        {
            socket.Dispose();
            throw;
        }

        listener = socket;
        accepting = AcceptAsync(socket);
    }

    /// <summary>Deletes the discovery file, refuses new clients, ends open requests, and waits for them.</summary>
    public async ValueTask DisposeAsync()
    {
        if (disposed)
        {
            return;
        }

        disposed = true;
        RemoveDiscoveryFile();
        await stop.CancelAsync().ConfigureAwait(false);
        await accepting.ConfigureAwait(false);
        listener?.Dispose();
        Task[] open;
        lock (gate)
        {
            open = [.. connections];
        }

        await Task.WhenAll(open).ConfigureAwait(false);
        stop.Dispose();
    }

    private void RemoveDiscoveryFile()
    {
        if (DiscoveryFile is { } file)
        {
            AdminDiscovery.Remove(file, token);
            DiscoveryFile = null;
        }
    }

    private string BindProblem(SocketException e) => e.SocketErrorCode switch
    {
        SocketError.AddressAlreadyInUse =>
            $"admin port {options.Port} on {options.Host} is in use; stop the process that has it, or set "
            + "petabridge.cmd.port to another one (0 takes any free one)",
        SocketError.AccessDenied =>
            $"admin port {options.Port} needs privileges; set petabridge.cmd.port to 1024 or more (0 takes any)",
        SocketError.AddressNotAvailable =>
            $"{options.Host} is no address of this machine; set petabridge.cmd.host to 127.0.0.1",
        _ => $"cannot open admin port {options.Port} on {options.Host} ({e.Message}); check petabridge.cmd",
    };

    private async Task AcceptAsync(Socket socket)
    {
        while (!stop.IsCancellationRequested)
        {
            Socket client;
            try
            {
                client = await socket.AcceptAsync(stop.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (SocketException)
            {
                // The peer was gone before it was taken, or descriptors ran out: neither ends the port. The pause
                // keeps the second from spinning.
                await PauseAsync().ConfigureAwait(false);
                continue;
            }

            Register(client);
        }
    }

    private void Register(Socket client)
    {
        lock (gate)
        {
            connections.RemoveWhere(task => task.IsCompleted);
            bool welcome = connections.Count < options.Limits.MaxConnections;
            if (!welcome && connections.Count >= 2 * options.Limits.MaxConnections)
            {
                client.Dispose();
                return;
            }

            connections.Add(ServeAsync(client, welcome));
        }
    }

    private async Task ServeAsync(Socket client, bool welcome)
    {
        await Task.Yield();
        try
        {
            using var stream = new NetworkStream(client, ownsSocket: true);
            var connection = new AdminConnection(stream, dispatcher, writer, options.Limits, clock);
            await connection.RunAsync(welcome, stop.Token).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            // One connection must not take the port away from the others.
            options.OnFault?.Invoke("connection", e);
        }
    }

    private async Task PauseAsync()
    {
        try
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), clock, stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The loop's condition ends it.
        }
    }
}
