using System;
using System.Globalization;
using System.Linq;
using System.Text;
using EnergyNode.Ledger;
using EnergyNode.Market.Metering;
using Xunit;

namespace EnergyNode.Market.Tests.Metering;

public sealed class ReadingFileParserTests
{
    private const string Good = "2016-08-01T12:00:00Z,B01,281,5,276,0";

    [Fact]
    public void A_row_becomes_a_reading_with_its_line()
    {
        ReadingFile file = Inputs.Value(Parse(
            $"{ReadingFileParser.Header}\n{Good}\n2016-08-01T12:15:00Z,A9,0,1,0,1\n"));

        Assert.Equal(
            [
                Reading(2, Inputs.Noon, "B01", 281, 5, 276, 0),
                Reading(3, Inputs.Noon.Plus(Duration.FromSeconds(900)), "A9", 0, 1, 0, 1),
            ],
            file.Readings);
        Assert.Equal([MeterId.Parse("A9"), MeterId.Parse("B01")], file.Meters);
        Assert.Equal(Inputs.Noon, file.FirstStart);
        Assert.Equal(Inputs.Noon.Plus(Duration.FromSeconds(900)), file.LastStart);
    }

    [Fact]
    public void Line_ends_of_other_systems_a_byte_order_mark_and_a_missing_last_line_end_are_tolerated()
    {
        ReadingFile plain = Inputs.Value(Parse($"{ReadingFileParser.Header}\n{Good}\n"));
        ReadingFile other = Inputs.Value(Parse($"\uFEFF{ReadingFileParser.Header}\r\n{Good}"));
        Assert.Equal(plain.Readings, other.Readings);
    }

    [Theory]
    [InlineData("", "f.csv:1:1: the file is empty, write "
        + "'start_utc,meter_id,consumption_wh,generation_wh,import_wh,export_wh' and at least one reading")]
    [InlineData("start_utc;meter\n", "f.csv:1:1: the header is 'start_utc;meter', write "
        + "'start_utc,meter_id,consumption_wh,generation_wh,import_wh,export_wh'")]
    [InlineData("start_utc,meter_id,consumption_wh,generation_wh,import_wh,export_wh\n",
        "f.csv:2:1: the file ends after its header, add at least one reading")]
    public void A_file_without_rows_or_with_another_header_is_refused(string text, string error) =>
        Assert.Equal(error, Inputs.Errors(Parse(text)));

    [Theory]
    [InlineData("2016-08-01T12:00:00Z,B01,1,2,3", "3:31: the row has 5 of 6 fields, write "
        + "start_utc,meter_id,consumption_wh,generation_wh,import_wh,export_wh")]
    [InlineData("2016-08-01T12:00:00Z,B01,1,2,3,4,5", "3:34: the row has 7 of 6 fields, write "
        + "start_utc,meter_id,consumption_wh,generation_wh,import_wh,export_wh")]
    [InlineData("", "3:1: the row has 1 of 6 fields, write "
        + "start_utc,meter_id,consumption_wh,generation_wh,import_wh,export_wh")]
    [InlineData("2016-08-01 12:00:00,B01,1,2,3,4",
        "3:1: '2016-08-01 12:00:00' is not a time in UTC, write it as in 2016-08-01T08:15:00Z")]
    [InlineData("2016-08-01T12:15:01Z,B01,1,2,3,4",
        "3:1: '2016-08-01T12:15:01Z' is not on a quarter of an hour, give the start of the interval")]
    [InlineData("2016-08-01T12:10:00Z,B01,1,2,3,4",
        "3:1: '2016-08-01T12:10:00Z' is not on a quarter of an hour, give the start of the interval")]
    [InlineData("2016-08-01T12:15:00Z,B 1,1,2,3,4",
        "3:22: 'B 1' is not a meter id, use 1 to 32 letters, digits, dots, hyphens and underscores")]
    [InlineData("2016-08-01T12:15:00Z,,1,2,3,4",
        "3:22: '' is not a meter id, use 1 to 32 letters, digits, dots, hyphens and underscores")]
    [InlineData("2016-08-01T12:15:00Z,B01,1.5,2,3,4", "3:26: '1.5' is not a whole number, write digits only")]
    [InlineData("2016-08-01T12:15:00Z,B01,,2,3,4", "3:26: '' is not a whole number, write digits only")]
    [InlineData("2016-08-01T12:15:00Z,B01,1,+2,3,4", "3:28: '+2' is not a whole number, write digits only")]
    [InlineData("2016-08-01T12:15:00Z,B01,1,-2,3,4", "3:28: '-2' is negative energy, give 0 or more")]
    [InlineData("2016-08-01T12:15:00Z,B01,1,2,1000000001,4",
        "3:30: '1000000001' is out of range, give at most 1,000,000,000")]
    [InlineData("2016-08-01T12:15:00Z,B01,1,2,3,99999999999999999999",
        "3:32: '99999999999999999999' is out of range, give at most 1,000,000,000")]
    [InlineData("2016-08-01T12:15:00Z,B01,1,2,3,4é", "3:32: '4??' is not a whole number, write digits only")]
    [InlineData("2016-08-01T12:00:00Z,B01,1,2,3,4",
        "3:22: meter 'B01' has this interval already in line 2, remove one of the two")]
    public void A_bad_row_is_named_by_line_and_column(string row, string error) =>
        Assert.Equal($"f.csv:{error}", Inputs.Errors(Parse($"{ReadingFileParser.Header}\n{Good}\n{row}\n")));

    [Theory]
    [InlineData("1970-01-01T00:00:00Z", 0)]
    [InlineData("2000-02-29T23:45:00Z", 951_867_900)]
    [InlineData("2016-12-31T23:45:00Z", 1_483_227_900)]
    [InlineData("2100-03-01T00:00:00Z", 4_107_542_400)]
    [InlineData("2999-12-31T23:45:00Z", MeteringLimits.EndOfTimeSeconds - 900)]
    public void Times_are_read_from_1970_to_2999(string time, long seconds) =>
        Assert.Equal(
            Instant.FromSeconds(seconds),
            Inputs.Value(Parse($"{ReadingFileParser.Header}\n{time},B01,1,2,3,4\n")).FirstStart);

    [Theory]
    [InlineData("1969-12-31T23:45:00Z")]
    [InlineData("3000-01-01T00:00:00Z")]
    [InlineData("2015-02-29T00:00:00Z")]
    [InlineData("2100-02-29T00:00:00Z")]
    [InlineData("2016-04-31T00:00:00Z")]
    [InlineData("2016-00-01T00:00:00Z")]
    [InlineData("2016-13-01T00:00:00Z")]
    [InlineData("2016-01-00T00:00:00Z")]
    [InlineData("2016-01-01T24:00:00Z")]
    [InlineData("2016-01-01T00:60:00Z")]
    [InlineData("2016-01-01T00:00:60Z")]
    [InlineData("2016-01-01t00:00:00Z")]
    [InlineData("2016-01-01T00:00:00+")]
    [InlineData("2016-01-01T0a:00:00Z")]
    [InlineData("2016-01-01T00:00:00.0Z")]
    public void Times_that_do_not_exist_are_refused(string time) =>
        Assert.Contains(
            "is not a time in UTC", Inputs.Errors(Parse($"{ReadingFileParser.Header}\n{time},B01,1,2,3,4\n")));

    [Fact]
    public void Bytes_that_are_not_utf8_are_refused_at_their_column()
    {
        byte[] bytes = Inputs.Utf8($"{ReadingFileParser.Header}\n{Good}\né{Good}\n");
        int second = Array.LastIndexOf(bytes, (byte)0xA9);
        bytes[second] = (byte)'x';
        Assert.Equal(
            "f.csv:3:1: the text is not valid UTF-8, save the file as UTF-8",
            Inputs.Errors(ReadingFileParser.Parse("f.csv", bytes)));

        bytes = Inputs.Utf8($"{ReadingFileParser.Header}\n{Good}x\n");
        bytes[^2] = 0xFF;
        Assert.Equal(
            $"f.csv:2:{Good.Length + 1}: the text is not valid UTF-8, save the file as UTF-8",
            Inputs.Errors(ReadingFileParser.Parse("f.csv", bytes)));
    }

    [Fact]
    public void A_meter_outside_the_list_is_refused()
    {
        MeterList list = new([new MeterConnection(MeterId.Parse("B01"), "a", new Watts(1), new Watts(1))]);
        Inputs.Value(ReadingFileParser.Parse("f.csv", Inputs.Utf8($"{ReadingFileParser.Header}\n{Good}\n"), list));
        Assert.Equal(
            "f.csv:2:22: meter 'B02' is not in the meter list, add it there or remove the row",
            Inputs.Errors(ReadingFileParser.Parse(
                "f.csv", Inputs.Utf8($"{ReadingFileParser.Header}\n{Good.Replace("B01", "B02")}\n"), list)));
    }

    [Fact]
    public void Every_bad_row_is_listed_up_to_the_limit()
    {
        string bad = "2016-08-01T12:15:00Z,B01,x,2,3,4\n2016-08-01T12:15:00Z,,1,2,3,4\n";
        Assert.Equal(
            """
            f.csv:2:26: 'x' is not a whole number, write digits only
            f.csv:3:22: '' is not a meter id, use 1 to 32 letters, digits, dots, hyphens and underscores
            """,
            Inputs.Errors(Parse($"{ReadingFileParser.Header}\n{bad}")));

        string many = string.Concat(Enumerable.Repeat("x\n", MeteringLimits.MaxErrors + 1));
        Assert.Equal(MeteringLimits.MaxErrors, Parse($"{ReadingFileParser.Header}\n{many}").Errors.Count);
    }

    [Fact]
    public void The_largest_values_pass()
    {
        string name = new('m', MeteringLimits.MaxNameBytes);
        string row = $"2016-08-01T12:00:00Z,{name},1000000000,1000000000,1000000000,1000000000";
        Assert.Equal(name, Inputs.Value(Parse($"{ReadingFileParser.Header}\n{row}\n")).Meters[0].ToString());
        row = row.Replace(name, name + "m");
        Assert.Contains(":2:22:", Inputs.Errors(Parse($"{ReadingFileParser.Header}\n{row}\n")));
    }

    [Fact]
    public void The_length_of_a_line_has_a_limit()
    {
        string padded = Good.Replace("281", new string('0', MeteringLimits.MaxLineBytes - Good.Length) + "281");
        Assert.Equal(281, Inputs.Value(Parse($"{ReadingFileParser.Header}\n{padded}\r\n")).Readings[0].Consumption.Wh);
        Assert.Equal(
            "f.csv:2:257: the line has more than 256 bytes, shorten it",
            Inputs.Errors(Parse($"{ReadingFileParser.Header}\n{padded.Replace("281", "0281")}\n")));
    }

    [Fact]
    public void The_number_of_meters_has_a_limit()
    {
        StringBuilder text = new(ReadingFileParser.Header + "\n");
        for (int meter = 1; meter <= MeteringLimits.MaxMeters; meter++)
        {
            text.Append(CultureInfo.InvariantCulture, $"2016-08-01T12:00:00Z,M{meter},1,0,1,0\n");
        }

        Assert.Equal(MeteringLimits.MaxMeters, Inputs.Value(Parse(text.ToString())).Meters.Count);
        text.Append("2016-08-01T12:00:00Z,M0,1,0,1,0\n");
        Assert.Equal(
            "f.csv:4098:22: the file has more than 4,096 meters, split it by meter",
            Inputs.Errors(Parse(text.ToString())));
    }

    [Fact]
    public void The_span_of_a_file_has_a_limit()
    {
        string last = "2017-08-03T11:45:00Z,B01,1,0,1,0\n";
        Assert.Equal(2, Inputs.Value(Parse($"{ReadingFileParser.Header}\n{Good}\n{last}")).Readings.Count);
        Assert.Equal(
            "f.csv:3:1: with this row the file spans more than 35,232 intervals, correct the time or split the file",
            Inputs.Errors(Parse($"{ReadingFileParser.Header}\n{Good}\n{last.Replace("11:45", "12:00")}")));
        string tooLate = last.Replace("11:45", "12:00");
        Assert.Contains(":3:1:", Inputs.Errors(Parse($"{ReadingFileParser.Header}\n{tooLate}{Good}")));
    }

    [Fact]
    public void The_number_of_rows_has_a_limit()
    {
        Assert.Equal((2, string.Empty), Rows(maxRows: 2));
        Assert.Equal((1, "f.csv:3:1: the file has more than 1 rows, split it"), Rows(maxRows: 1));
    }

    [Fact]
    public void The_size_of_a_file_has_a_limit()
    {
        byte[] bytes = new byte[MeteringLimits.MaxFileBytes + 1];
        bytes[0] = (byte)'\n';
        Assert.Contains(":1:1: the header is ''", Inputs.Errors(ReadingFileParser.Parse("f.csv", bytes.AsSpan(..^1))));
        Assert.Equal(
            "f.csv:1:1: the file has more than 268,435,456 bytes, split it by time",
            Inputs.Errors(ReadingFileParser.Parse("f.csv", bytes)));
    }

    private static (int Rows, string Errors) Rows(int maxRows)
    {
        ErrorList errors = new("f.csv");
        CsvDocument document = new("a,b\n1,2\n3,4\n"u8, "a,b", "row", maxRows, errors);
        Assert.True(document.Open());
        int rows = 0;
        while (document.Next(out _))
        {
            rows++;
        }

        return (rows, string.Join('\n', errors.Refuse<string>().Errors));
    }

    private static ParseResult<ReadingFile> Parse(string text) => ReadingFileParser.Parse("f.csv", Inputs.Utf8(text));

    private static RawReading Reading(
        int line, Instant start, string meter, long consumption, long generation, long import, long export) =>
        new(
            line, start, MeterId.Parse(meter), new WattHours(consumption), new WattHours(generation),
            new WattHours(import), new WattHours(export));
}
