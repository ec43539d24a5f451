using System;
using System.IO;
using System.Net.Sockets;
using System.Text;
using System.Threading.Tasks;
using EnergyNode.Node.Admin;
using Xunit;

namespace EnergyNode.Node.Tests.Admin;

/// <summary>Hostile request lines: each ends in an answer or a closed connection, and the next is served.</summary>
public sealed class AdminFuzzTests
{
    private const int Lines = 400;

    [Fact]
    public async Task Changed_cut_and_joined_requests_leave_the_server_answering()
    {
        AdminTable answer = new([new("text")], [["here"]]);
        AdminCommand command = AdminFixture.Echo(
            _ => answer,
            new AdminArgument("word", AdminArgumentKind.Text, "a word"),
            new AdminArgument("n", AdminArgumentKind.Number, "a number"));
        await using AdminFixture fixture = new(null, command);
        string good = fixture.Request("test echo", """{"word":"x","n":7}""", ""","timeoutMs":1000""");
        Random random = new(1);
        for (int i = 0; i < Lines; i++)
        {
            using TcpClient client = await fixture.ConnectAsync();
            NetworkStream stream = client.GetStream();
            try
            {
                await stream.WriteAsync(Mutate(Encoding.UTF8.GetBytes(good), random));
                client.Client.Shutdown(SocketShutdown.Send);
                using StreamReader reader = new(stream);
                string said = await reader.ReadToEndAsync();
                Assert.True(said.Length == 0 || said.StartsWith("{\"v\":1,\"ok\":", StringComparison.Ordinal), said);
            }
            catch (Exception e) when (e is IOException or SocketException)
            {
                // The server had enough before all was written.
            }
        }

        Assert.Contains("\"ok\":true", await fixture.AskAsync(good));
    }

    private static byte[] Mutate(byte[] line, Random random)
    {
        byte[] changed = (byte[])line.Clone();
        int at = random.Next(changed.Length);
        switch (random.Next(6))
        {
            case 0:
                changed[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1:
                return changed[..at];
            case 2:
                return [.. changed, .. changed, (byte)'\n'];
            case 3:
                changed[at] = (byte)"{}[]\",:\\"[random.Next(8)];
                break;
            case 4:
                random.NextBytes(changed);
                break;
            default:
                return [.. changed[..at], .. new byte[random.Next(100_000)], .. changed[at..], (byte)'\n'];
        }

        return [.. changed, (byte)'\n'];
    }
}
