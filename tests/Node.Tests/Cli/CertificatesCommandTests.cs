using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using EnergyNode.Ledger;
using EnergyNode.Node.Cli;
using EnergyNode.Node.Setup;
using EnergyNode.Node.Tests.Hosting;
using Xunit;
using static EnergyNode.Node.Tests.Cli.ClearingSetup;

namespace EnergyNode.Node.Tests.Cli;

/// <summary>The matching report out of the journal of a real node.</summary>
public sealed class CertificatesCommandTests
{
    [Fact]
    public async Task A_report_is_made_from_the_journal_and_what_is_wrong_is_said()
    {
        await using TestNetwork network = new(1);
        await network.StartAsync(0);
        Instant first = network.Network.Genesis.Market.FirstEpoch;
        await RunAsync(network);
        await network.StopAsync(0);
        string data = network.DataOf(0);
        string carbon = network.File("carbon.csv");
        Instant hour = new(first.Micros - (first.Micros % (3_600 * Instant.MicrosPerSecond)));
        File.WriteAllText(carbon, $"start_utc,carbon_g_per_kwh\n{UtcTime.Render(hour)},200.5\n");

        JsonNode report = JsonNode.Parse(Run(data, 0, 0, carbon, json: true))!;
        JsonNode totals = report["totals"]!;
        Assert.Equal((9, 4, 4, 5), (Wh(totals, "consumption"), Wh(totals, "retired"), Wh(totals, "matched"),
            Wh(totals, "unmatched")));
        Assert.Equal(444_444, (int)totals["scorePpm"]!);
        Assert.Equal((4 * 200_500, 5 * 200_500), ((long)totals["avoidedMicrograms"]!,
            (long)totals["residualMicrograms"]!));
        Assert.Equal(UtcTime.Render(hour), (string)report["hours"]!.AsArray().Single()!["startUtc"]!);
        Assert.Equal(200_500, (long)report["hours"]![0]!["carbonMilligramsPerKwh"]!);

        string text = Run(data, 0, null, null, json: false);
        Assert.Contains("score by the hour 44.44 %, by volume 44.44 %", text);
        Assert.DoesNotContain("avoided", text);
        Assert.Contains("200.500", Run(data, 0, 0, carbon, json: false));

        Refused(1, "are not all closed", data, "operator", 0, 5, null);
        Refused(1, "no such account", data, "nobody", 0, null, null);
        Refused(2, "not an account's name", data, "no body", 0, null, null);
        Refused(2, "--from must be", data, "operator", 1, 0, null);
        Refused(2, "cannot be read", data, "operator", 0, null, carbon + "-elsewhere");
        File.WriteAllText(carbon, "start_utc,carbon_g_per_kwh\n2016-08-01T08:00:00Z,much\n");
        Refused(2, "carbon.csv:2:22: 'much' is not a number", data, "operator", 0, null, carbon);
        File.WriteAllText(carbon, "start_utc,carbon_g_per_kwh\n2016-08-01T08:00:00Z,1\n");
        string needed = $"there is no carbon intensity for {UtcTime.Render(hour)}, add that hour";
        Refused(2, needed, data, "operator", 0, 0, carbon);
    }

    /// <summary>One meter that uses 9 Wh and makes 4, all of it certified and retired for its owner.</summary>
    private static async Task RunAsync(TestNetwork network)
    {
        await ReadAsync(network, 9, 4, new Command.CloseEpoch(default));
        await network.ExecuteGoodAsync(0, new Command.SetRole(Home, Role.RecRegulator, true));
        await network.ExecuteGoodAsync(0, new Command.IssueCertificates(HomeMeter, default));
        await network.ExecuteGoodAsync(0, new Command.RetireCertificates(Home, new RecId(1), Home, default, default));
    }

    private static long Wh(JsonNode sums, string name) => (long)sums[name + "Wh"]!;

    private static string Run(string directory, long from, long? to, string? carbon, bool json)
    {
        using StringWriter output = new(CultureInfo.InvariantCulture);
        Assert.Equal(0, new CertificatesCommand(output).Report(directory, "operator", from, to, carbon, json));
        return output.ToString();
    }

    private static void Refused(
        int exit, string message, string directory, string account, long from, long? to, string? carbon)
    {
        using StringWriter output = new(CultureInfo.InvariantCulture);
        CommandFailedException failure = Assert.Throws<CommandFailedException>(
            () => new CertificatesCommand(output).Report(directory, account, from, to, carbon, json: false));
        Assert.Equal(exit, failure.ExitCode);
        Assert.Contains(message, failure.Message);
        Assert.Empty(output.ToString());
    }
}
