using System;
using System.Collections.Generic;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using EnergyNode.Ledger;
using EnergyNode.Market.Metering;
using EnergyNode.Node.Cli;
using EnergyNode.Node.Configuration;
using EnergyNode.Node.Crypto;
using EnergyNode.Node.Oracle;
using EnergyNode.Node.Setup;
using EnergyNode.Node.Tests.Hosting;
using Xunit;

namespace EnergyNode.Node.Tests.Oracle;

public sealed class ServeCommandTests
{
    [Fact]
    public async Task A_posted_reading_is_on_the_ledger_when_the_answer_comes_and_a_restart_knows_it()
    {
        await using TestNetwork network = new(1, created: new EarlierTime());
        await network.StartAsync(0);
        PublicKey home = KeyFile.Create(network.File("net/home.key"));
        PublicKey meter = KeyFile.Create(network.File("net/meter+m1.key"));
        await network.ExecuteAsync(
            0,
            new Command.RegisterUser(AccountId.Parse("home"), UserKind.Prosumer, home),
            new Command.AssignMeter(MeterId.Parse("m1"), AccountId.Parse("home"), meter, 24_000, 7_600));
        MarketParameters market = network.Network.Genesis.Market;
        string row = $"{ReadingFileParser.Header}\n{UtcTime.Render(market.FirstEpoch)},m1,100,0,100,0\n";

        await ServeAsync(network, async post =>
        {
            Assert.StartsWith("{\"confirmed\":1,", await post(row), StringComparison.Ordinal);
            Assert.Contains("\"already\":1,", await post(row), StringComparison.Ordinal);
        });
        await ServeAsync(network, async post =>
            Assert.Contains("\"already\":1,", await post(row), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("127.0.0.1:0", true)]
    [InlineData("[::1]:8080", true)]
    [InlineData("0.0.0.0:8080", false)]
    [InlineData("127.0.0.1", false)]
    [InlineData("192.168.1.1:80", false)]
    [InlineData("somewhere:80", false)]
    public void Only_loopback_with_a_port_is_served(string text, bool good)
    {
        if (good)
        {
            Assert.Equal(text, ServeCommand.ReadHttp(text)!.ToString());
        }
        else
        {
            Assert.Contains(text, Assert.Throws<CommandFailedException>(() => ServeCommand.ReadHttp(text)).Message);
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("localhost")]
    [InlineData("http://localhost")]
    public void A_queue_needs_a_broker(string? broker)
    {
        CommandFailedException error = Assert.Throws<CommandFailedException>(() =>
            ServeCommand.ReadBroker("meters", broker));
        Assert.Contains("ENERGYNODE_AMQP_URI", error.Message);
        Assert.Null(ServeCommand.ReadBroker(null, broker));
    }

    [Theory]
    [InlineData(0, 60, "--prefetch 0")]
    [InlineData(1_025, 60, "--prefetch 1025")]
    [InlineData(1, 0, "--grace 0")]
    [InlineData(1_024, 3_601, "--grace 3601")]
    public async Task Options_out_of_range_are_refused(int prefetch, int grace, string expected)
    {
        ServeOptions options = new()
        {
            Keys = "",
            Gateway = "operator",
            Http = new IPEndPoint(IPAddress.Loopback, 0),
            Prefetch = prefetch,
            GraceSeconds = grace,
        };
        CommandFailedException error = await Assert.ThrowsAsync<CommandFailedException>(() =>
            new ServeCommand(OracleFixture.Log, TimeProvider.System).RunAsync(
                ConfigurationLoader.Load("none.hocon", new Dictionary<string, string>()),
                options,
                null,
                CancellationToken.None));
        Assert.Contains(expected, error.Message);
    }

    private static async Task ServeAsync(TestNetwork network, Func<Func<string, Task<string>>, Task> test)
    {
        using CancellationTokenSource stop = new();
        TaskCompletionSource<Uri> listening = new();
        ServeOptions options = new()
        {
            Keys = network.File("net"),
            Gateway = "operator",
            Http = new IPEndPoint(IPAddress.Loopback, 0),
            TokenFile = network.File("http.token"),
        };
        Task<int> serving = new ServeCommand(OracleFixture.Log, TimeProvider.System).RunAsync(
            ConfigurationLoader.Load(
                network.Network.Validators[0].ConfigurationFile, new Dictionary<string, string>()),
            options,
            listening.SetResult,
            stop.Token);
        Task first = await Task.WhenAny(serving, listening.Task);
        await first;
        Uri address = await listening.Task;
        using HttpClient client = new();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Bearer", (await File.ReadAllTextAsync(options.TokenFile)).Trim());
        await test(body => PostAsync(client, address, body));
        await stop.CancelAsync();
        Assert.Equal(ExitCodes.Ok, await serving);
    }

    /// <summary>Sends again as long as the oracle does not know yet where the ledger stands.</summary>
    private static async Task<string> PostAsync(HttpClient client, Uri address, string body)
    {
        while (true)
        {
            using StringContent content = new(body, Encoding.UTF8, "text/csv");
            using HttpResponseMessage response = await client.PostAsync(new Uri(address, HttpSource.Path), content);
            if (response.StatusCode != HttpStatusCode.TooManyRequests)
            {
                return await response.Content.ReadAsStringAsync();
            }

            await Task.Yield();
        }
    }

    /// <summary>An epoch and a minute ago, so that the chain's first epoch is over.</summary>
    private sealed class EarlierTime : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddMinutes(-16);
    }
}
