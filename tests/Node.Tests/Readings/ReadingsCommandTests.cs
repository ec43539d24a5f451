using System.IO;
using System.Linq;
using System.Text.Json;
using EnergyNode.Market.Metering;
using EnergyNode.Node.Cli;
using EnergyNode.Node.Readings;
using EnergyNode.Node.Tests.Crypto;
using Xunit;

namespace EnergyNode.Node.Tests.Readings;

public sealed class ReadingsCommandTests
{
    [Fact]
    public void Json_has_the_documented_members_in_one_line()
    {
        (int exit, string output) = Run(Inspect.SamplePath("ocmf/test_ocmf_keba_kcp30_fail.xml"), json: true);

        Assert.Equal(ExitCodes.Failed, exit);
        string[] lines = output.ReplaceLineEndings("\n").Split('\n');
        Assert.Equal(2, lines.Length);
        Assert.Equal(
            """
            {"format":"ocmf","meters":1,"readings":2,"sumWh":0,
            "firstStartUtc":"2019-08-12T10:03:15Z","lastEndUtc":"2019-08-13T10:03:36Z","intervalSeconds":null,
            "quality":{"0":2},"signatures":[{"valid":false,"curve":"P-256",
            "reason":"the signature does not fit the payload and the key"}],"problems":[]}
            """.ReplaceLineEndings(""),
            lines[0]);
    }

    [Fact]
    public void A_sum_that_is_no_whole_watt_hour_is_an_exact_json_number()
    {
        (int exit, string output) = Run(Inspect.SamplePath("ocmf/test_ocmf_transaction_two_values.xml"), json: true);

        using JsonDocument json = JsonDocument.Parse(output);
        Assert.Equal(ExitCodes.Ok, exit);
        Assert.Equal("9123.1", json.RootElement.GetProperty("sumWh").GetRawText());
    }

    [Fact]
    public void Text_says_what_is_in_the_file_and_what_is_wrong()
    {
        (int exit, string output) = Run(Inspect.SamplePath("greenbutton/test_usage_data_01.xml"), json: false);

        Assert.Equal(ExitCodes.Ok, exit);
        Assert.Contains("93846 Wh", output);
        Assert.Contains("94 valid (0), 1 manually edited (7), 1 estimated from a reference day (8)", output);
        Assert.EndsWith("all good", output.TrimEnd());
    }

    [Theory]
    [InlineData("hello", 1, "the format is not known")]
    [InlineData("", 1, "the file is empty")]
    [InlineData("<feed>", 1, "is of no known format")]
    [InlineData("\n\n<feed xmlns='http://www.w3.org/2005/Atom'>\n<entry>", 4, "the XML is broken")]
    [InlineData(ReadingFileParser.Header, 2, "the file ends after its header")]
    public void A_file_that_cannot_be_read_is_wrong_usage_with_its_place(string content, int line, string what)
    {
        using TemporaryDirectory directory = new();
        string file = directory.File("readings.xml");
        File.WriteAllText(file, content);

        CommandFailedException error = Assert.Throws<CommandFailedException>(() => Run(file, json: true));

        Assert.Equal(ExitCodes.Usage, error.ExitCode);
        Assert.StartsWith($"{file}:{line}:", error.Message);
        Assert.Contains(what, error.Message);
    }

    [Fact]
    public void A_file_that_is_not_there_or_a_directory_is_wrong_usage()
    {
        using TemporaryDirectory directory = new();
        foreach (string path in new[] { directory.File("missing"), directory.Path })
        {
            Assert.Equal(
                ExitCodes.Usage, Assert.Throws<CommandFailedException>(() => Run(path, json: false)).ExitCode);
        }
    }

    [Fact]
    public void A_stated_format_is_not_guessed_again()
    {
        string sample = Inspect.SamplePath("greenbutton/test_usage_data_01.xml");

        foreach (ReadingFormat wrong in new[] { ReadingFormat.Csv, ReadingFormat.Ocmf })
        {
            Assert.Throws<CommandFailedException>(() => Run(sample, json: true, wrong));
        }

        Assert.Equal(ExitCodes.Ok, Run(sample, json: true, ReadingFormat.GreenButton).Exit);
    }

    [Theory]
    [InlineData("inspect --format pdf file", 1)]
    [InlineData("inspect", 1)]
    [InlineData("inspect file --format ocmf --json", 0)]
    public void The_command_line_takes_the_documented_options(string arguments, int errors) =>
        Assert.Equal(errors, ReadingsCommand.Build().Parse(arguments).Errors.Count);

    [Fact]
    public void Every_rule_has_a_name_and_a_row_in_the_documentation()
    {
        string page = File.ReadAllText(
            Path.Combine(Configuration.Repository.Root, "docs", "readings.md"));

        Assert.All(
            System.Enum.GetValues<ReadingRule>().Select(ReadingRuleName.Of),
            name => Assert.Contains($"| `{name}` |", page));
    }

    private static (int Exit, string Output) Run(string file, bool json, ReadingFormat? format = null)
    {
        using StringWriter output = new();
        int exit = new ReadingsCommand(output).Run(file, format, json);
        return (exit, output.ToString());
    }
}
