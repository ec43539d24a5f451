using System;
using System.IO;
using System.Linq;
using System.Text;
using EnergyNode.Ledger;
using EnergyNode.Market.Metering;
using EnergyNode.Node.Cli;
using EnergyNode.Node.Readings;
using EnergyNode.Node.Tests.Crypto;
using Xunit;

namespace EnergyNode.Node.Tests.Readings;

public sealed class GreenButtonSamplesTests
{
    private const long Start = 1_330_578_000;

    [Fact]
    public void Delivered_is_consumption_and_received_is_generation()
    {
        Assert.Equal("0:100/0/100/0 1:5/7/0/2", Read(Feed(Start, [100, 5], [0, 7])));
        Assert.Equal("0:100/0/100/0 1:5/0/5/0", Read(Feed(Start, [100, 5], null)));
    }

    [Fact]
    public void An_interval_that_one_direction_lacks_is_left_out()
    {
        Assert.Equal("0:100/0/100/0", Read(Feed(Start, [100, 5], [0])));
    }

    [Theory]
    [InlineData("<flowDirection>1<", "<flowDirection>4<", "flowDirection 1")]
    [InlineData("<flowDirection>19<", "<flowDirection>1<", "two streams of one direction")]
    [InlineData("<flowDirection>1<", "<flowDirection>19<", "two streams of one direction")]
    [InlineData("<duration>900<", "<duration>450<", "no quarter of an hour")]
    [InlineData("<start>1330578000<", "<start>1330578001<", "begins before")]
    [InlineData("<powerOfTenMultiplier>0<", "<powerOfTenMultiplier>-1<", "10.1 Wh is no whole number of Wh")]
    [InlineData("<value>101<", "<value>-101<", "below zero")]
    [InlineData("<value>101<", "<ReadingQuality><quality>8</quality></ReadingQuality><value>101<", "quality 8")]
    [InlineData("<uom>72<", "<uom>38<", "only 72 (Wh) is")]
    public void What_would_need_an_estimate_or_a_guess_is_refused(string good, string bad, string reason)
    {
        string feed = Feed(Start, [101, 101], [0, 1]);
        Assert.Contains(good, feed);
        CommandFailedException error = Assert.Throws<CommandFailedException>(() =>
            Read(feed.Replace(good, bad, StringComparison.Ordinal)));
        Assert.Contains(reason, error.Message);
        Assert.Equal(ExitCodes.Usage, error.ExitCode);
    }

    [Fact]
    public void A_feed_without_the_delivered_direction_or_of_two_meters_is_refused()
    {
        string feed = Feed(Start, [100], [0]);
        string other = feed.Replace(
            "UsagePoint/1/MeterReading/19", "UsagePoint/2/MeterReading/19", StringComparison.Ordinal);
        Assert.Contains("2 meters", Assert.Throws<CommandFailedException>(() => Read(other)).Message);
        string received = Feed(Start, [], [1]);
        Assert.Contains(
            "flowDirection 1", Assert.Throws<CommandFailedException>(() => Read(received)).Message);
    }

    [Theory]
    [InlineData("ocmf", null, "--format ocmf: name the ledger's meter")]
    [InlineData("ocmf", "m1", "/nowhere/meter+m1.ocmf: the public key of the charging point cannot be read")]
    [InlineData("csv", "m1", "leave it out")]
    [InlineData("greenbutton", null, "--meter METER")]
    [InlineData("greenbutton", "not a label", "--meter METER")]
    [InlineData("greenbutton", "m1", "cannot be read")]
    public void Options_that_do_not_fit_are_refused(string format, string? meter, string reason)
    {
        CommandFailedException error = Assert.Throws<CommandFailedException>(() =>
            SubmitInput.Read("/nowhere/feed.xml", format, meter, "/nowhere"));
        Assert.Contains(reason, error.Message);
    }

    [Theory]
    [InlineData(MeteringLimits.MaxIntervals - 1, true)]
    [InlineData(MeteringLimits.MaxIntervals, false)]
    public void A_feed_has_as_many_days_as_the_validation_and_no_more(int quarters, bool accepted)
    {
        using TemporaryDirectory directory = new();
        string file = directory.File("feed.xml");
        File.WriteAllText(file, Feed(Start, [1, 1], null).Replace(
            $"<start>{Start + 900}<", $"<start>{Start + (900L * quarters)}<", StringComparison.Ordinal));
        if (accepted)
        {
            Assert.Equal(2, SubmitInput.Read(file, "greenbutton", "m1", "/nowhere").Samples.Count);
        }
        else
        {
            Assert.Contains("367 days", Assert.Throws<CommandFailedException>(() =>
                SubmitInput.Read(file, "greenbutton", "m1", "/nowhere")).Message);
        }
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public void A_public_key_file_has_so_many_characters_and_no_more(int more, bool accepted)
    {
        using TemporaryDirectory directory = new();
        using RecordBuilder builder = new();
        string file = directory.File("session.ocmf");
        File.WriteAllText(file, OcmfSamplesTests.Signed(builder, "T1 B@00:00=0, E@15:00=5"));
        File.WriteAllText(
            directory.File("meter+m1.ocmf"), builder.Key.PadRight(ReadingsLimits.MaxKeyChars + more));
        string folder = Path.GetDirectoryName(file)!;
        if (accepted)
        {
            Assert.Single(SubmitInput.Read(file, "ocmf", "m1", folder).Samples);
        }
        else
        {
            Assert.Contains("1 to 4,096 characters", Assert.Throws<CommandFailedException>(() =>
                SubmitInput.Read(file, "ocmf", "m1", folder)).Message);
        }
    }

    /// <summary>A feed of one meter with a stream for each direction, in quarter-hours.</summary>
    internal static string Feed(long start, long[] delivered, long[]? received) =>
        "<feed xmlns='http://www.w3.org/2005/Atom'>\n" + Stream(1, start, delivered)
        + (received is null ? "" : Stream(19, start, received)) + "</feed>\n";

    private static string Stream(int flow, long start, long[] values)
    {
        string root = $"/espi/1_1/resource/UsagePoint/1/MeterReading/{flow}";
        const string Espi = "http://naesb.org/espi";
        StringBuilder stream = new();
        stream.Append($"<entry><link rel='self' href='{root}'/><link rel='related' href='{root}/IntervalBlock'/>")
            .Append($"<link rel='related' href='/type/{flow}'/><content><MeterReading xmlns='{Espi}'/></content>")
            .Append($"</entry>\n<entry><content><ReadingType xmlns='{Espi}'><flowDirection>{flow}</flowDirection>")
            .Append("<powerOfTenMultiplier>0</powerOfTenMultiplier><uom>72</uom></ReadingType></content>")
            .Append($"<link rel='self' href='/type/{flow}'/></entry>\n")
            .Append($"<entry><link rel='up' href='{root}/IntervalBlock'/><content><IntervalBlock xmlns='{Espi}'>\n");
        foreach ((long value, int at) in values.Select(static (value, at) => (value, at)))
        {
            stream.Append($"<IntervalReading><timePeriod><duration>900</duration><start>{start + (900 * at)}</start>")
                .Append($"</timePeriod><value>{value}</value></IntervalReading>\n");
        }

        return stream.Append("</IntervalBlock></content></entry>\n").ToString();
    }

    private static string Read(string feed)
    {
        using MemoryStream stream = new(Encoding.UTF8.GetBytes(feed));
        SampleFile file = GreenButtonSamples.Read("feed.xml", stream, MeterId.Parse("m1"));
        return string.Join(' ', file.Samples.Select(sample =>
            $"{(sample.Stamp.Seconds - Start) / 900}:{sample.Consumption.Wh}/{sample.Generation.Wh}/"
            + $"{sample.Import.Wh}/{sample.Export.Wh}"));
    }
}
