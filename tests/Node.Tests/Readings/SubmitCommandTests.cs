using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using EnergyNode.Ledger;
using EnergyNode.Market.Metering;
using EnergyNode.Node.Cli;
using EnergyNode.Node.Client;
using EnergyNode.Node.Configuration;
using EnergyNode.Node.Crypto;
using EnergyNode.Node.Readings;
using EnergyNode.Node.Setup;
using EnergyNode.Node.Tests.Hosting;
using Xunit;

namespace EnergyNode.Node.Tests.Readings;

public sealed class SubmitCommandTests
{
    private static readonly MeterId Meter = MeterId.Parse("m1");

    [Fact]
    public async Task Readings_are_confirmed_once_and_a_second_run_goes_on_after_the_last_one()
    {
        await using TestNetwork network = new(1);
        await network.StartAsync(0);
        await RegisterAsync(network);

        JsonElement first = await SubmitAsync(network, Rows(network, 3));
        Assert.Equal((3, 3, 0, 0), Figures(first));

        // The second one cannot be true and is never sent: its epoch closes without it.
        string longer = Rows(network, 6).Replace(",104,", ",99999,", System.StringComparison.Ordinal);
        JsonElement second = await SubmitAsync(network, longer);
        Assert.Equal((2, 3, 3, 1), Figures(second));

        Assert.Equal((0, 0, 6, 0), Figures(await SubmitAsync(network, longer)));
    }

    [Fact]
    public async Task Late_and_corrected_readings_settle_their_epochs_anew_when_asked_to()
    {
        await using TestNetwork network = new(1);
        await network.StartAsync(0);
        await RegisterAsync(network);
        string rows = Rows(network, 4);
        string[] lines = rows.Split('\n');
        Assert.Equal((3, 4, 0, 1), Figures(await SubmitAsync(
            network, string.Join('\n', lines.Where(static (_, at) => at != 2)))));

        // The second interval came late, the third was wrong; without --correct neither is looked at.
        string better = rows.Replace(",102,0,102,0", ",110,0,110,0", System.StringComparison.Ordinal);
        Assert.Equal((0, 0, 4, 0), Figures(await SubmitAsync(network, better)));
        JsonElement corrected = await SubmitAsync(network, better, correct: true);
        Assert.Equal((0, 0, 2, 0), Figures(corrected));
        Assert.Equal(2, corrected.GetProperty("corrected").GetInt32());

        JsonElement again = await SubmitAsync(network, better, correct: true);
        Assert.Equal((0, 0, 4, 0), Figures(again));
        Assert.Equal(0, again.GetProperty("corrected").GetInt32());
        JsonElement back = await SubmitAsync(network, rows, correct: true);
        Assert.Equal(1, back.GetProperty("corrected").GetInt32());
        Assert.Equal(0, back.GetProperty("refused").GetArrayLength());
    }

    [Fact]
    public async Task A_correction_that_the_ledger_refuses_is_named_and_the_others_stand()
    {
        await using TestNetwork network = new(1);
        await network.StartAsync(0);
        await RegisterAsync(network);
        await SubmitAsync(network, Rows(network, 2, made: 50));
        GenesisBlock genesis = network.Network.Genesis;
        using StringWriter output = new();
        await new ClientCommand(output, System.TimeProvider.System).RunAsync(
            new ClientChoice(
                network.Network.Validators[0].ConfigurationFile, network.File("net"), "operator", Json: true),
            (_, _) => new ClientRequest(
                new Command.IssueCertificates(Meter, new EpochIndex(0)), null, static _ => ""),
            CancellationToken.None);
        Assert.Contains("\"ok\":true", output.ToString());

        JsonElement result = await SubmitAsync(
            network, Rows(network, 2, made: 40), correct: true, expected: ExitCodes.Failed);
        Assert.Equal(1, result.GetProperty("corrected").GetInt32());
        JsonElement refused = Assert.Single(result.GetProperty("refused").EnumerateArray().ToArray());
        Assert.Equal("GenerationCertified", refused.GetProperty("error").GetString());
        Assert.Equal(UtcTime.Render(genesis.Market.FirstEpoch), refused.GetProperty("startUtc").GetString());
    }

    [Fact]
    public async Task A_run_that_died_within_an_epoch_goes_on_after_the_last_confirmed_reading()
    {
        await using TestNetwork network = new(1);
        await network.StartAsync(0);
        await RegisterAsync(network);
        GenesisBlock genesis = network.Network.Genesis;
        using Ed25519Signer meter = KeyFile.Load(network.File("net/meter+m1.key"));
        await network.ExecuteAsync(0, new Command.SubmitReading(MeterReading.Sign(
            genesis.Chain, Meter, genesis.Market.FirstEpoch, new WattHours(100), new WattHours(0), meter)));

        Assert.Equal((2, 3, 1, 0), Figures(await SubmitAsync(network, Rows(network, 3))));
    }

    [Fact]
    public async Task What_the_ledger_would_refuse_is_refused_before_anything_is_sent()
    {
        await using TestNetwork network = new(1);
        await network.StartAsync(0);
        await RegisterAsync(network);
        string rows = Rows(network, 2);

        await RefusedAsync(network, rows.Replace("m1", "m2", System.StringComparison.Ordinal), "m2.key");
        await RefusedAsync(network, Rows(network, 1, from: 1), "the ledger waits for readings of");
        KeyFile.Create(network.File("net/meter+m2.key"));
        await RefusedAsync(
            network, rows.Replace("m1", "m2", System.StringComparison.Ordinal), "does not know meter m2");
        File.Copy(network.File("net/meter+m2.key"), network.File("net/meter+m1.key"), overwrite: true);
        await RefusedAsync(network, rows, "is not the registered one");
        await RefusedAsync(network, rows, "--format ocmf", "ocmf");
    }

    [Fact]
    public async Task A_Green_Button_feed_of_quarter_hours_reaches_the_ledger()
    {
        await using TestNetwork network = new(1);
        await network.StartAsync(0);
        await RegisterAsync(network);
        long start = network.Network.Genesis.Market.FirstEpoch.Seconds;
        JsonElement result = await SubmitAsync(
            network, GreenButtonSamplesTests.Feed(start, [100, 101, 102], [0, 1, 2]), "greenbutton", "m1");
        Assert.Equal((3, 3, 0, 0), Figures(result));
    }

    private static async Task RegisterAsync(TestNetwork network)
    {
        PublicKey home = KeyFile.Create(network.File("net/home.key"));
        PublicKey meter = KeyFile.Create(network.File("net/meter+m1.key"));
        await network.ExecuteAsync(
            0,
            new Command.RegisterUser(AccountId.Parse("home"), UserKind.Prosumer, home),
            new Command.AssignMeter(Meter, AccountId.Parse("home"), meter, 24_000, 7_600));
    }

    private static string Rows(TestNetwork network, int count, int from = 0, int made = 0)
    {
        MarketParameters market = network.Network.Genesis.Market;
        IEnumerable<string> rows = Enumerable.Range(from, count).Select(at =>
            $"{UtcTime.Render(market.StartOf(new EpochIndex(at)))},m1,{100 + at},{made},{100 + at - made},0");
        return ReadingFileParser.Header + "\n" + string.Join('\n', rows);
    }

    private static async Task<JsonElement> SubmitAsync(
        TestNetwork network,
        string rows,
        string format = "csv",
        string? meter = null,
        bool correct = false,
        int expected = ExitCodes.Ok)
    {
        string file = network.File("readings.csv");
        await File.WriteAllTextAsync(file, rows);
        using StringWriter output = new();
        int exit = await new SubmitCommand(output, System.TimeProvider.System).RunAsync(
            file,
            ConfigurationLoader.Load(
                network.Network.Validators[0].ConfigurationFile, new Dictionary<string, string>()),
            (network.File("net"), "operator"),
            (format, meter, correct),
            json: true,
            CancellationToken.None);
        Assert.Equal(expected, exit);
        return JsonDocument.Parse(output.ToString()).RootElement;
    }

    private static async Task RefusedAsync(TestNetwork network, string rows, string expected, string format = "csv")
    {
        System.Exception error = await Assert.ThrowsAnyAsync<System.Exception>(() =>
            SubmitAsync(network, rows, format));
        Assert.True(error is CommandFailedException or KeyFileException, error.ToString());
        Assert.Contains(expected, error.Message);
    }

    private static (int Confirmed, int Epochs, int Already, int LeftOut) Figures(JsonElement json) => (
        json.GetProperty("confirmed").GetInt32(),
        json.GetProperty("epochs").GetInt32(),
        json.GetProperty("alreadyConfirmed").GetInt32(),
        json.GetProperty("leftOut").GetInt32());
}
