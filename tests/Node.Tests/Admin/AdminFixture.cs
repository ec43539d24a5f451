using System;
using System.IO;
using System.Net.Sockets;
using System.Text;
using System.Threading.Tasks;
using EnergyNode.Node.Admin;

namespace EnergyNode.Node.Tests.Admin;

/// <summary>An admin server on a free port with a private directory, and raw clients for it.</summary>
internal sealed class AdminFixture : IAsyncDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("energynode-admin-").FullName;

    public AdminFixture(AdminLimits? limits = null, params AdminCommand[] commands)
    {
        var registry = new AdminRegistry();
        foreach (AdminCommand command in commands)
        {
            registry.Add(command);
        }

        Options = new AdminOptions
        {
            Port = 0,
            NodeName = "validator-1",
            Chain = "test-chain",
            RuntimeDirectory = directory,
            Limits = limits ?? new AdminLimits(),
        };
        Server = new AdminServer(Options, registry, Token);
        Server.Start();
    }

    public AdminOptions Options { get; }

    public AdminToken Token { get; } = AdminToken.Create();

    public AdminServer Server { get; }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        Directory.Delete(directory, recursive: true);
    }

    public static AdminCommand Echo(Func<AdminRequest, AdminTable> answer, params AdminArgument[] arguments) =>
        new("test", "echo", "says what it heard", arguments, (request, _) => Task.FromResult(answer(request)));

    public async Task<TcpClient> ConnectAsync()
    {
        var client = new TcpClient();
        await client.ConnectAsync(Server.EndPoint);
        return client;
    }

    /// <summary>Sends one line and reads one; null when the server closed the connection instead.</summary>
    public static async Task<string?> AskAsync(TcpClient client, string line)
    {
        await client.GetStream().WriteAsync(Encoding.UTF8.GetBytes(line + "\n"));
        return await new StreamReader(client.GetStream()).ReadLineAsync();
    }

    /// <summary>The line of a request with this server's token.</summary>
    public string Request(string command, string args = "{}", string more = "") =>
        $$"""{"v":1,"token":"{{Token.Hex}}","command":"{{command}}","args":{{args}}{{more}}}""";

    public async Task<string?> AskAsync(string line)
    {
        using TcpClient client = await ConnectAsync();
        return await AskAsync(client, line);
    }
}
