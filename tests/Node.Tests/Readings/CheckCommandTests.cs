using System.IO;
using System.Linq;
using System.Text.Json;
using EnergyNode.Market.Metering;
using EnergyNode.Node.Cli;
using EnergyNode.Node.Readings;
using EnergyNode.Node.Tests.Crypto;
using Xunit;

namespace EnergyNode.Node.Tests.Readings;

public sealed class CheckCommandTests
{
    private static readonly string Data = Path.Combine(Configuration.Repository.Root, "data");

    [Fact]
    public void The_recorded_homes_are_flagged_where_they_are_odd()
    {
        (int exit, string output) = Run(
            Path.Combine(Data, "prosumers_15min_2016-08-01_14d.csv"),
            new CheckOptions(
                Path.Combine(Data, "meter_list.csv"),
                CheckOptions.SettingsOf("34.092,-117.435", "-07:00"),
                Estimate: false,
                Json: true));

        using JsonDocument json = JsonDocument.Parse(output);
        Assert.Equal(ExitCodes.Failed, exit);
        Assert.Equal(22_848, json.RootElement.GetProperty("samples").GetInt32());
        string[] odd =
        [
            .. json.RootElement.GetProperty("findings").EnumerateArray()
                .Select(finding => finding.GetProperty("meter").GetString()!).Distinct(),
        ];
        Assert.Equal(["B02", "B03", "B06", "B08", "B12", "B14", "B15"], odd.Order());
        Assert.Equal(
            22_848, json.RootElement.GetProperty("quality").EnumerateObject().Sum(code => code.Value.GetInt64()));
    }

    [Fact]
    public void Estimates_stand_beside_what_the_meter_said()
    {
        using TemporaryDirectory directory = new();
        string file = directory.File("readings.csv");
        File.WriteAllText(file, ReadingFileParser.Header + """

            2016-08-01T08:00:00Z,B01,100,0,100,0
            2016-08-01T08:15:00Z,B01,-9,0,0,0
            2016-08-01T08:45:00Z,B01,400,0,400,0
            """);

        (int exit, string text) = Run(file, Options(estimate: true));

        Assert.Equal(ExitCodes.Failed, exit);
        Assert.Contains("VEE-4 negative: 1\n  line 3, B01 at 2016-08-01T08:15:00Z: consumption is -9 Wh\n", text);
        Assert.EndsWith(
            """
            2016-08-01T08:00:00Z,B01,100,0,0,100,0
            2016-08-01T08:15:00Z,B01,200,0,9,-9,0
            2016-08-01T08:30:00Z,B01,300,0,9,,
            2016-08-01T08:45:00Z,B01,400,0,0,400,0

            """,
            text);
    }

    [Theory]
    [InlineData("2016-08-01T08:00:00Z,B01,1,2,3", ":2:31:")]
    [InlineData("2016-08-01T08:00:00Z,B01,1,2,3,x", ":2:32:")]
    [InlineData("2016-08-01T08:00:00Z,B01,1000000001,2,3,4", ":2:26:")]
    [InlineData("2016-08-01T08:00:00Z,B99,1,2,3,4", "B99 is not in")]
    public void A_file_of_another_form_is_wrong_usage_with_its_place(string row, string expected)
    {
        using TemporaryDirectory directory = new();
        string file = directory.File("readings.csv");
        File.WriteAllText(file, ReadingFileParser.Header + "\n" + row);

        CommandFailedException error = Assert.Throws<CommandFailedException>(() => Run(
            file, Options(estimate: false) with { MeterListFile = Path.Combine(Data, "meter_list.csv") }));

        Assert.Equal(ExitCodes.Usage, error.ExitCode);
        Assert.Contains(expected, error.Message);
    }

    [Theory]
    [InlineData("91,0", "+00:00")]
    [InlineData("1", "+00:00")]
    [InlineData(null, "+00:07")]
    [InlineData(null, "+15:00")]
    [InlineData(null, "seven")]
    public void A_place_or_an_offset_that_does_not_exist_is_wrong_usage(string? site, string offset) => Assert.Equal(
        ExitCodes.Usage,
        Assert.Throws<CommandFailedException>(() => CheckOptions.SettingsOf(site, offset)).ExitCode);

    [Fact]
    public void Every_rule_has_a_row_in_the_documentation()
    {
        string page = File.ReadAllText(Path.Combine(Configuration.Repository.Root, "docs", "readings.md"));

        Assert.All(
            System.Enum.GetValues<VeeRule>(),
            rule => Assert.Contains($"| VEE-{(int)rule} | `{VeeRuleName.Of(rule)}` |", page));
    }

    private static CheckOptions Options(bool estimate) =>
        new(null, CheckOptions.SettingsOf(null, "+00:00"), estimate, Json: false);

    private static (int Exit, string Output) Run(string file, CheckOptions options)
    {
        using StringWriter output = new() { NewLine = "\n" };
        int exit = new CheckCommand(output).Run(file, options);
        return (exit, output.ToString());
    }
}
