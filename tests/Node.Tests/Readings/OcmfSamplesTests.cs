using System;
using System.IO;
using System.Linq;
using System.Text;
using EnergyNode.Ledger;
using EnergyNode.Market.Metering;
using EnergyNode.Node.Cli;
using EnergyNode.Node.Readings;
using Xunit;

namespace EnergyNode.Node.Tests.Readings;

/// <summary>
/// Records are written as <c>PG TX@time=register[clock], …</c>, with the register in Wh and the time from
/// 2024-05-01T10:00Z on; a semicolon ends a record.
/// </summary>
public sealed class OcmfSamplesTests
{
    public const long Start = 1_714_557_600;

    [Theory]
    [InlineData("T1 B@00:00=1000, E@15:00=1100", "0:100 Valid")]
    [InlineData("T1 B@00:00=1000; T2 E@15:00=1100", "0:100 Valid")]
    [InlineData("T1 B@03:00=1000, E@12:00=1100", "0:100 Questionable")]
    [InlineData("T1 B@00:00=1000, C@15:00=1100, T@30:00=1150, E@45:00=1300", "0:100 Valid 1:50 Valid 2:150 Valid")]
    [InlineData("T1 B@10:00=1000, E@20:00=1100", "0:50 Interpolated 1:50 Interpolated")]
    [InlineData("T1 B@10:00=1000, E@20:00=1101", "0:50 Interpolated 1:51 Interpolated")]
    [InlineData("T1 B@00:00=0, E@45:00=100", "0:33 Interpolated 1:33 Interpolated 2:34 Interpolated")]
    [InlineData("T1 B@05:00=7, E@10:00=8; T2 B@11:00=8, E@15:00=10", "0:3 Questionable")]
    [InlineData("T1 B@00:00=7, L@15:00=9; T2 B@30:00=9, R@45:00=10", "0:2 Valid 1:0 Valid 2:1 Valid")]
    [InlineData("T2 B@30:00=9, R@45:00=10; T1 B@00:00=7, L@15:00=9", "0:2 Valid 1:0 Valid 2:1 Valid")]
    [InlineData("F1 -@00:00=5; F2 -@15:00=6; F3 -@30:00=6", "0:1 Valid 1:0 Valid")]
    [InlineData("F1 -@00:00=5; T9 B@05:00=5, E@10:00=15; F2 -@15:00=15", "0:10 Valid")]
    [InlineData("T1 B@00:00=1000I, E@15:00=1100S", "0:100 Questionable")]
    [InlineData("T1 B@00:00=1000S, C@15:00=1100S, E@30:00=1200R", "0:100 Valid 1:100 Questionable")]
    [InlineData("T1 B@00:00=0.6, C@15:00=1.5, C@30:00=1.9, E@45:00=2.0", "0:1 Valid 1:0 Valid 2:1 Valid")]
    public void The_register_counts_for_the_quarter_hours_in_which_it_was_read(string records, string expected) =>
        Assert.Equal(expected, Read(records));

    [Theory]
    [InlineData("T1 B@07:00=0, E@127:00=8000", 9)]
    [InlineData("T1 B@07:00=0, E@127:00.001=8000", -1)]
    [InlineData("T1 B@07:00=0, E@627:00=0", 42)]
    [InlineData("T1 B@00:00=0, E@15:00=9; T2 B@135:00=10, E@150:00=19", 10)]
    [InlineData("T1 B@00:00=0, E@15:00=9; T2 B@135:00.001=10, E@150:00=19", 2)]
    [InlineData("T1 B@00:00=0, E@15:00=9; T2 B@135:00.001=9, E@150:00=19", 10)]
    public void Two_hours_are_interpolated_and_more_are_refused_in_a_transaction_and_left_out_between_two(
        string records, int quarters)
    {
        if (quarters < 0)
        {
            Assert.Contains("record 1 (line 1): long-span: ", Refused(records));
        }
        else
        {
            Assert.Equal(quarters, Read(records).Split(' ').Length / 2);
        }
    }

    [Theory]
    [InlineData("T1 B@00:00=5, E@15:00=4", "record 1 (line 1): register-decreases: ")]
    [InlineData("T1 B@00:00=5, E@15:00=9; T2 B@16:00=8, E@20:00=9", "record 2 (line 2): register-decreases: ")]
    [InlineData("T1 B@00:00=5, E@00:00=6", "record 1 (line 1): time-order: ")]
    [InlineData("T1 B@10:00=5, E@09:00=6", "record 1 (line 1): time-order: ")]
    [InlineData("T1 B@00:00=5, C@08:00=7, C@07:00=8, E@09:00=9", "record 1 (line 1): register-decreases: ")]
    [InlineData("T1 B@00:00=5U, E@01:00=6", "record 1 (line 1): clock: ")]
    [InlineData("T1 B@00:00=5, X@01:00=6, E@02:00=7", "record 1 (line 1): exception: ")]
    [InlineData("T1 B@00:00=5; T2 C@02:00=7", "record 1 (line 1): no-end: ")]
    [InlineData("T1 E@00:00=5", "record 1 (line 1): no-begin: ")]
    [InlineData("T2 B@00:00=5; T1 E@01:00=6", "record 2 (line 2): pagination: ")]
    [InlineData("T2 B@00:00=5; T2 E@01:00=6", "record 2 (line 2): pagination: ")]
    [InlineData("X2 B@00:00=5, E@01:00=6", "record 1 (line 1): pagination: ")]
    [InlineData("T02 B@00:00=5, E@01:00=6", "record 1 (line 1): pagination: ")]
    [InlineData("T B@00:00=5, E@01:00=6", "record 1 (line 1): pagination: ")]
    [InlineData("T1234567890123456789 B@00:00=5, E@01:00=6", "record 1 (line 1): pagination: ")]
    [InlineData("F1 -@00:00=5", "all counts are of single moments")]
    [InlineData("T1 B@00:00=0, E@15:00=1000000001", "line 1: out-of-range: 1000000001 Wh")]
    [InlineData("F1 -@00:00=5; F2 -@528480:00.001=5", "record 2 (line 2): the counts are of more than 367 days")]
    public void What_cannot_be_relied_on_is_refused_with_its_record_and_rule(string records, string reason) =>
        Assert.Contains(reason, Refused(records));

    [Theory]
    [InlineData("T123456789012345678 B@00:00=0, E@15:00=1000000000", "0:1000000000 Valid")]
    [InlineData("T0 B@00:00=999999999999, E@15:00=1000000000000", "0:1 Valid")]
    public void The_greatest_that_is_taken(string records, string expected) => Assert.Equal(expected, Read(records));

    [Fact]
    public void A_file_has_as_many_days_as_the_validation_and_no_more() => Assert.Equal(
        MeteringLimits.MaxIntervals, Read("F1 -@00:00=5; F2 -@528480:00=5").Split(' ').Length / 2);

    [Theory]
    [InlineData("1-b:1.8.0", "1-0:2.8.0", "register: no register of import")]
    [InlineData("1-b:1.8.0", "", "register: no register of import")]
    [InlineData("meter-1", "meter-1\",\"XX\":\"", null)]
    [InlineData("\"ST\":\"G\"", "\"ST\":\"M\"", "meter-state: ")]
    [InlineData("\"RU\":\"Wh\"", "\"RU\":\"Ah\"", "unit: ")]
    [InlineData("\"RV\":5}", "\"RV\":5},{\"RV\":9,\"RI\":\"1-b:1.8.1\",\"RU\":\"Wh\"}", "both count import")]
    [InlineData("\"RV\":5}", "\"RV\":5},{\"RV\":9,\"RI\":\"1-b:2.8.0\",\"RU\":\"Wh\"}", null)]
    [InlineData("\"RV\":5}", "\"RV\":5},{\"RV\":9,\"RI\":\"1-b:1.8.0\",\"RU\":\"mOhm\"}", null)]
    [InlineData("\"TX\":\"E\"", "\"TX\":\"E\",\"EF\":\"t\"", "meter-state: ")]
    public void What_a_record_says_about_itself_is_held_against_the_rules(string good, string bad, string? reason)
    {
        using RecordBuilder builder = new();
        string payload = Payload("T1 B@00:00=0, E@15:00=5");
        Assert.Contains(good, payload);
        string record = builder.Record(payload.Replace(good, bad, StringComparison.Ordinal));
        if (reason is null)
        {
            Assert.Equal("0:5 Valid", Shown(ReadText(record, builder.Key)));
        }
        else
        {
            Assert.Contains(reason, RefusedText(record, builder.Key));
        }
    }

    [Fact]
    public void A_signature_must_be_by_the_key_that_was_given_whatever_the_container_says()
    {
        using RecordBuilder builder = new();
        using RecordBuilder other = new();
        string good = builder.Record(Payload("T1 B@00:00=0, E@15:00=5"));
        string forged = other.Record(Payload("T2 B@15:00=5, E@30:00=7"));

        Assert.Equal("0:5 Valid", Shown(ReadText(other.File(good), builder.Key)));
        Assert.Contains(
            "record 2 (line 2): signature: the signature does not fit", RefusedText($"{good}\n{forged}", builder.Key));
        Assert.Contains("record 1 (line 2): signature: ", RefusedText(other.File(forged), builder.Key));
        Assert.Contains("record 1 (line 1): signature: ", RefusedText(good, "no key"));
        string changed = good.Replace("\"RV\":5", "\"RV\":6", StringComparison.Ordinal);
        Assert.NotEqual(good, changed);
        Assert.Contains("record 1 (line 1): signature: ", RefusedText(changed, builder.Key));
        Assert.Contains("duplicate: ", RefusedText($"{good}\n{good}", builder.Key));
        string elsewhere = builder.Record(
            Payload("T2 B@15:00=5, E@30:00=7").Replace("meter-1", "meter-2", StringComparison.Ordinal));
        Assert.Contains("2 meters", RefusedText($"{good}\n{elsewhere}", builder.Key));
    }

    [Theory]
    [InlineData("keba_test.xml", "04AB", "record 1 (line 2): signature: ")]
    [InlineData("keba_test.xml", null, "clock: ")]
    [InlineData("test_ocmf_keba_kcp30.xml", null, "0 Questionable")]
    [InlineData("test_ocmf_keba_kcp30_fail.xml", null, "signature: ")]
    [InlineData("test_ocmf_transaction_two_values.xml", null, "exception: ")]
    [InlineData("test_ocmf_ebee_01.xml", null, "0 Questionable")]
    [InlineData("nistP384_0Wh.xml", null, "0 Questionable")]
    public void Samples_of_others_are_taken_or_refused_by_name(string name, string? key, string expected)
    {
        string text = Inspect.SampleText("ocmf/" + name);
        int begin = text.IndexOf('>', text.IndexOf("<publicKey", StringComparison.Ordinal)) + 1;
        key ??= text[begin..text.IndexOf("</publicKey", StringComparison.Ordinal)];
        if (expected.EndsWith("Questionable", StringComparison.Ordinal))
        {
            Assert.EndsWith(":" + expected, Shown(ReadText(text, key)), StringComparison.Ordinal);
        }
        else
        {
            Assert.Contains(expected, RefusedText(text, key));
        }
    }

    [Fact]
    public void Random_records_are_taken_whole_or_refused()
    {
        using RecordBuilder builder = new();
        int taken = 0;
        for (int seed = 0; seed < 300; seed++)
        {
            Random random = new(seed);
            (long time, long count) = (random.Next(900), random.Next(1_000));
            string records = string.Join(';', Enumerable.Range(1, random.Next(1, 4)).Select(page =>
                $"T{page} " + string.Join(',', Enumerable.Range(0, random.Next(2, 5)).Select(at =>
                {
                    time += random.Next(at == 0 ? 0 : -20, 2_500);
                    count += random.Next(-1, 40) * random.Next(60);
                    return $"{(at == 0 ? 'B' : "CCSTEEEXL-"[random.Next(10)])}@{time / 60}:{time % 60:00}={count}"
                        + "SSSSIRU"[random.Next(7)];
                }))));
            try
            {
                SampleFile file = ReadText(Signed(builder, records), builder.Key);
                taken++;
                Assert.InRange(file.Samples.Sum(static sample => sample.Consumption.Wh), 0, count);
            }
            catch (CommandFailedException error)
            {
                Assert.Contains("record ", error.Message);
            }
        }

        Assert.InRange(taken, 10, 290);
    }

    /// <summary>Signed records, each in a line of its own.</summary>
    internal static string Signed(RecordBuilder builder, string records, long start = Start) => string.Join(
        '\n', records.Split(';').Select(record => builder.Record(Payload(record.Trim(), start))));

    private static string Payload(string record, long start = Start)
    {
        string[] parts = record.Split(' ', 2);
        return RecordBuilder.Payload(
                [.. parts[1].Split(',').Select((reading, at) => Reading(reading.Trim(), at == 0, start))])
            .Replace("\"PG\":\"T1\"", $"\"PG\":\"{parts[0]}\"", StringComparison.Ordinal);
    }

    private static string Reading(string text, bool first, long start)
    {
        string[] parts = text.Split('@', '=');
        string[] time = parts[1].Split(':');
        long millis = (start * 1_000) + (long.Parse(time[0]) * 60_000)
            + (long)(decimal.Parse(time[1], System.Globalization.CultureInfo.InvariantCulture) * 1_000);
        bool hasClock = char.IsAsciiLetter(parts[2][^1]);
        string stamp = DateTime.UnixEpoch.AddMilliseconds(millis).ToString(
            "yyyy-MM-dd'T'HH:mm:ss,fff", System.Globalization.CultureInfo.InvariantCulture);
        return $"{{'TM':'{stamp}+0000 {(hasClock ? parts[2][^1] : 'S')}',"
            + (parts[0] == "-" ? "" : $"'TX':'{parts[0]}',")
            + $"'RV':{(hasClock ? parts[2][..^1] : parts[2])}"
            + (first ? ",'RI':'1-b:1.8.0','RU':'Wh','ST':'G'}" : "}");
    }

    private static string Read(string records)
    {
        using RecordBuilder builder = new();
        return Shown(ReadText(Signed(builder, records), builder.Key));
    }

    private static string Refused(string records)
    {
        using RecordBuilder builder = new();
        return RefusedText(Signed(builder, records), builder.Key);
    }

    private static string RefusedText(string text, string key)
    {
        CommandFailedException error = Assert.Throws<CommandFailedException>(() => ReadText(text, key));
        Assert.Equal(ExitCodes.Usage, error.ExitCode);
        Assert.StartsWith("session.ocmf: ", error.Message, StringComparison.Ordinal);
        return error.Message;
    }

    private static SampleFile ReadText(string text, string key)
    {
        using MemoryStream stream = new(Encoding.UTF8.GetBytes(text));
        return OcmfSamples.Read("session.ocmf", stream, MeterId.Parse("m1"), key);
    }

    private static string Shown(SampleFile file) => string.Join(' ', file.Samples.Select(static sample =>
    {
        Assert.Equal((sample.Consumption, 0L, 0L), (sample.Import, sample.Generation.Wh, sample.Export.Wh));
        Assert.True(sample.IsCounted);
        return $"{(sample.Stamp.Seconds - Start) / 900}:{sample.Consumption.Wh} {sample.Stated}";
    }));
}
