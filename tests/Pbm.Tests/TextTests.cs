using System;
using System.Threading.Tasks;
using Xunit;

namespace EnergyNode.Pbm.Tests;

public sealed class TextTests
{
    [Theory]
    [InlineData("500ms", 500)]
    [InlineData("5s", 5_000)]
    [InlineData("5", 5_000)]
    [InlineData("1.5m", 90_000)]
    [InlineData("2h", 7_200_000)]
    [InlineData("0s", null)]
    [InlineData("-1s", null)]
    [InlineData("1e3s", null)]
    [InlineData("s", null)]
    [InlineData("25h", null)]
    public void Durations_are_read_as_they_are_typed(string text, int? millis)
    {
        TimeSpan? parsed = DurationText.Parse(text, TimeSpan.FromHours(24));
        Assert.Equal(millis, parsed?.TotalMilliseconds);
    }

    [Theory]
    [InlineData(0, "0µs")]
    [InlineData(999, "999µs")]
    [InlineData(1_500, "1ms")]
    [InlineData(1_250_000, "1.250s")]
    [InlineData(3_599_999_999, "59m59s")]
    [InlineData(90_000_000_000, "1d1h")]
    [InlineData(-1_500, "-1ms")]
    public void Durations_are_written_with_two_units_at_most(long micros, string expected) =>
        Assert.Equal(expected, DurationText.FromMicros(micros));

    [Theory]
    [InlineData("Bytes", 1023, "1023 B")]
    [InlineData("Bytes", 1536, "1.5 KiB")]
    [InlineData("Bytes", long.MaxValue, "7.9 EiB")]
    [InlineData("Bytes", long.MinValue, "-8.0 EiB")]
    [InlineData("TimeMicros", 0, "1970-01-01T00:00:00.000Z")]
    [InlineData("TimeMicros", long.MaxValue, "9223372036854775807")]
    [InlineData("TimeMicros", long.MinValue, "-9223372036854775808")]
    [InlineData("DurationMicros", long.MinValue, "-106751991d4h")]
    [InlineData("Number", long.MinValue, "-9223372036854775808")]
    public void Any_number_in_any_column_has_a_text(string kind, long number, string expected) =>
        Assert.Equal(expected, CellText.Of(new AnswerCell(null, number, null), Enum.Parse<CellKind>(kind)));

    [Theory]
    [InlineData("127.0.0.1:9110", "127.0.0.1", 9110)]
    [InlineData("[::1]:80", "::1", 80)]
    [InlineData("node-1.example:1", "node-1.example", 1)]
    public void Addresses_are_a_host_and_a_port(string text, string host, int port)
    {
        NodeEndpoint? endpoint = NodeEndpoint.TryParse(text);
        Assert.Equal(new NodeEndpoint(host, port), endpoint);
        Assert.Equal(text, endpoint?.ToString());
    }

    [Theory]
    [InlineData("::1")]
    [InlineData(":80")]
    [InlineData("a:0")]
    [InlineData("a:65536")]
    [InlineData("a:")]
    [InlineData("[a]:1")]
    public void Other_text_is_no_address(string text) => Assert.Null(NodeEndpoint.TryParse(text));

    [Fact]
    public async Task Two_hyphens_end_the_options()
    {
        using var directory = new RuntimeDirectory();
        await using var node = new TestNode(directory);
        PbmRun run = await PbmRun.WithAsync(directory, "market", "book", "-o", "pbm", "--", "--odd");
        Assert.StartsWith("--odd | 2 | false", run.Out);
    }
}
