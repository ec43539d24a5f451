using System.IO;
using System.Linq;
using EnergyNode.Market.Metering;
using EnergyNode.Node.Readings;
using EnergyNode.Node.Tests.Configuration;
using Xunit;

namespace EnergyNode.Node.Tests.Readings;

public sealed class CsvInspectionTests
{
    private const string First = "2024-05-01T00:00:00Z,A,10,0,10,0";
    private const string Second = "2024-05-01T00:15:00Z,A,20,5,15,0";
    private const string Third = "2024-05-01T00:30:00Z,A,30,0,30,0";

    [Theory]
    [InlineData(First + ";" + Second + ";" + Third, "60", "")]
    [InlineData(First + ";" + Third, "40", "gap:3")]
    [InlineData(First + ";" + Second + ";" + Second, "30", "duplicate:4")]
    [InlineData(Second + ";" + First, "30", "out-of-order:3")]
    [InlineData(First + ";2024-05-01T00:15:00Z,A,-1,0,0,0;" + Third, "40", "negative:3 gap:4")]
    [InlineData(First + ";2024-05-01T00:15:00Z,A,NaN,0,0,0", "10", "malformed-row:3")]
    [InlineData(First + ";2024-05-01T00:15:00Z,A,1000000001,0,0,0", "10", "out-of-range:3")]
    [InlineData(First + ";2024-05-01T00:07:00Z,A,1,0,1,0", "10", "invalid-interval:3")]
    [InlineData(First + ";2024-05-01T00:15:00Z,A,1", "10", "malformed-row:3")]
    [InlineData(First + ";2024-05-01T00:15:00Z,A,20,5,20,0", "30", "import-export-mismatch:3")]
    [InlineData(First + ";;" + Second, "30", "malformed-row:3")]
    public void Each_row_that_breaks_a_rule_is_named_by_line_and_rule(string rows, string sumWh, string problems)
    {
        string[] lines = rows.Split(';');

        InspectionReport report = Inspect.Text(ReadingFileParser.Header + "\n" + string.Join('\n', lines));

        Assert.Equal((problems, sumWh), (Inspect.Rules(report), report.Sum.ToString()));
        Assert.Equal(lines.Length, report.Readings);
    }

    [Fact]
    public void The_homes_of_the_demo_have_their_totals_and_known_faults()
    {
        string path = Path.Combine(Repository.Root, "data", "prosumers_15min_2016-08-01_14d.csv");

        InspectionReport report = Inspect.Bytes(File.ReadAllBytes(path));

        Assert.Equal(
            (17, 22_848L, "7969102", 900L),
            (report.Meters, report.Readings, report.Sum.ToString(), report.IntervalSeconds));
        Assert.Equal((0, 22_848L), (report.Quality.Keys.Single(), report.Quality.Values.Single()));
        Assert.Equal(
            [ReadingRule.ZeroRun, ReadingRule.ClippedLoad],
            report.Problems.ToList().Select(static problem => problem.Rule).Distinct().Order());
        Assert.Contains(("generation", "4606624 Wh"), report.Details);
    }

    [Fact]
    public void A_file_full_of_errors_is_read_up_to_the_thousandth()
    {
        string rows = string.Concat(Enumerable.Repeat("nothing\n", 1_200));

        InspectionReport report = Inspect.Text(ReadingFileParser.Header + "\n" + rows);

        Assert.Equal(1_001, report.Problems.Count);
        Assert.Equal(ReadingRule.Limit, report.Problems.ToList()[^1].Rule);
    }
}
