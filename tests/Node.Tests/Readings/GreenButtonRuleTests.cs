using EnergyNode.Node.Readings;
using Xunit;

namespace EnergyNode.Node.Tests.Readings;

public sealed class GreenButtonRuleTests
{
    private const string Quality9 = "<ReadingQuality><quality>9</quality></ReadingQuality>";

    [Theory]
    [InlineData("0,10 1,20 2,30", "60", "")]
    [InlineData("0,10 2,30", "40", "gap:6")]
    [InlineData("0,10 1,20 1,20", "30", "duplicate:7")]
    [InlineData("0,10 1,20 1,21", "30", "duplicate:7")]
    [InlineData("0,-1 1,20", "20", "negative:5")]
    [InlineData("0,NaN 1,20", "20", "number:5")]
    [InlineData("0, 1,20", "20", "number:5")]
    [InlineData("0,1.5 1,20", "20", "number:5")]
    [InlineData("0,1e3 1,20", "20", "number:5")]
    [InlineData("0,0x10 1,20", "20", "number:5")]
    [InlineData("0,140737488355328 1,20", "20", "number:5")]
    [InlineData("0,99999999999999999999999999 1,20", "20", "number:5")]
    [InlineData("0,140737488355327 1,20", "20", "out-of-range:5")]
    [InlineData("0,1000000000 1,20", "1000000020", "")]
    [InlineData("0,1000000001 1,20", "20", "out-of-range:5")]
    [InlineData("2,30 1,20 0,10", "60", "")]
    [InlineData("0,10 40000000,20", "30", "invalid-time:6")]
    public void Readings_follow_each_other_and_are_energy(string readings, string sumWh, string problems)
    {
        string[] pairs = readings.Split(' ');
        for (int i = 0; i < pairs.Length; i++)
        {
            string[] pair = pairs[i].Split(',');
            pairs[i] = FeedBuilder.Reading(long.Parse(pair[0]), pair[1]);
        }

        InspectionReport report = Inspect.Text(FeedBuilder.Of(pairs));

        // A start after the year 2999 leaves the reading out of time and sum.
        string expected = problems.StartsWith("invalid-time") ? "10" : sumWh;
        Assert.Equal((problems, expected), (Inspect.Rules(report), report.Sum.ToString()));
        Assert.Equal(pairs.Length, report.Readings);
    }

    [Fact]
    public void Intervals_that_overlap_are_named_and_counted_once()
    {
        InspectionReport report = Inspect.Text(FeedBuilder.Of(
            FeedBuilder.Reading(0, "10", 1800), FeedBuilder.Reading(1, "20"), FeedBuilder.Reading(2, "30")));

        Assert.Equal("overlap:6", Inspect.Rules(report));
        Assert.Equal("40", report.Sum.ToString());
        Assert.Null(report.IntervalSeconds);
    }

    [Fact]
    public void Blocks_that_overlap_are_named_and_counted_once()
    {
        FeedBuilder feed = new FeedBuilder()
            .Block("", FeedBuilder.Reading(0, "10"), FeedBuilder.Reading(1, "20"))
            .Block("", FeedBuilder.Reading(1, "20"), FeedBuilder.Reading(2, "30"));

        InspectionReport report = Inspect.Text(feed.ToString());

        Assert.Equal("duplicate:9", Inspect.Rules(report));
        Assert.Equal("60", report.Sum.ToString());
    }

    [Theory]
    [InlineData(0, 3600, "")]
    [InlineData(-1, 4500, "gap:4")]
    [InlineData(0, 4500, "gap:4")]
    [InlineData(0, 2700, "outside-block:8")]
    [InlineData(1, 2700, "outside-block:5")]
    public void Readings_fill_the_interval_of_their_block(long quarter, long seconds, string problems)
    {
        FeedBuilder feed = new FeedBuilder().Block(
            FeedBuilder.Period("interval", quarter, seconds),
            FeedBuilder.Reading(0, "1"), FeedBuilder.Reading(1, "1"), FeedBuilder.Reading(2, "1"),
            FeedBuilder.Reading(3, "1"));

        Assert.Equal(problems, Inspect.Rules(Inspect.Text(feed.ToString())));
    }

    [Theory]
    [InlineData("3", "12", "12000", "")]
    [InlineData("6", "12", "12000000", "")]
    [InlineData("-3", "12", "0.012", "")]
    [InlineData("-6", "12", "0.000012", "")]
    [InlineData("-9", "12", "0", "precision:5")]
    [InlineData("-9", "12000", "0.000012", "")]
    [InlineData("12", "1", "0", "out-of-range:5")]
    [InlineData("4", "12", "0", "multiplier:3")]
    [InlineData("99", "12", "0", "multiplier:3")]
    public void A_power_of_ten_scales_exactly(string power, string value, string sumWh, string problems)
    {
        FeedBuilder feed = new() { Type = $"<powerOfTenMultiplier>{power}</powerOfTenMultiplier><uom>72</uom>" };

        InspectionReport report = Inspect.Text(feed.Block("", FeedBuilder.Reading(0, value)).ToString());

        Assert.Equal((problems, sumWh), (Inspect.Rules(report), report.Sum.ToString()));
    }

    [Theory]
    [InlineData("<uom>38</uom>", "unit:3", "uom 38 (W) is not read, only 72 (Wh) is")]
    [InlineData("<uom>169</uom>", "unit:3", "uom 169 (therm) is not read, only 72 (Wh) is")]
    [InlineData("", "unit:3", "a type without uom is not read, only 72 (Wh) is")]
    [InlineData(
        "<accumulationBehaviour>3</accumulationBehaviour><uom>72</uom>", "accumulation:3",
        "accumulationBehaviour 3 (cumulative) is not read, only 4 (deltaData) is")]
    [InlineData(
        "<intervalLength>3600</intervalLength><uom>72</uom>", "interval-length:5",
        "a reading of 900 s, its type states 3,600 s")]
    public void Readings_of_another_kind_are_refused_by_name(string type, string problems, string text)
    {
        FeedBuilder feed = new() { Type = type };

        InspectionReport report = Inspect.Text(feed.Block("", FeedBuilder.Reading(0, "5")).ToString());

        Assert.Equal(problems, Inspect.Rules(report));
        Assert.Equal(text, report.Problems.ToList()[0].Text);
        Assert.Equal(problems.StartsWith("interval") ? "5" : "0", report.Sum.ToString());
    }

    [Theory]
    [InlineData(1, "0", "negative:5")]
    [InlineData(19, "0", "negative:5")]
    [InlineData(4, "-5", "")]
    public void Only_net_energy_may_be_below_zero(int direction, string sumWh, string problems)
    {
        FeedBuilder feed = new() { Type = $"<flowDirection>{direction}</flowDirection><uom>72</uom>" };

        InspectionReport report = Inspect.Text(feed.Block("", FeedBuilder.Reading(0, "-5")).ToString());

        Assert.Equal((problems, sumWh), (Inspect.Rules(report), report.Sum.ToString()));
    }

    [Fact]
    public void Quality_is_counted_by_code_and_defaults_to_that_of_the_type()
    {
        FeedBuilder feed = new() { Type = "<defaultQuality>14</defaultQuality><uom>72</uom>" };
        feed.Block(
            "", FeedBuilder.Reading(0, "1", before: Quality9 + Quality9), FeedBuilder.Reading(1, "1"),
            FeedBuilder.Reading(2, "1", before: "<ReadingQuality><quality>3</quality></ReadingQuality>"));

        InspectionReport report = Inspect.Text(feed.ToString());

        Assert.Equal("quality:7", Inspect.Rules(report));
        Assert.Equal((2, 1, 2), (report.Quality[9], report.Quality[14], report.Quality.Count));
    }

    [Fact]
    public void Readings_without_a_time_follow_each_other_from_the_begin_of_their_block()
    {
        FeedBuilder feed = new() { Type = "<intervalLength>900</intervalLength><uom>72</uom>" };
        feed.Block(
            FeedBuilder.Period("interval", 0, 1800),
            "<IntervalReading><value>3</value></IntervalReading>",
            "<IntervalReading><value>4</value></IntervalReading>");

        InspectionReport report = Inspect.Text(feed.ToString());

        Assert.Equal(("", "7"), (Inspect.Rules(report), report.Sum.ToString()));
        Assert.Equal((FeedBuilder.Start + 1800) * 1000, report.LastEndMillis);
    }

    [Theory]
    [InlineData("<IntervalReading/>", "missing-value:5")]
    [InlineData("<IntervalReading><value>3</value></IntervalReading>", "invalid-time:5")]
    [InlineData("<IntervalReading><timePeriod/><value>3</value></IntervalReading>", "invalid-time:5")]
    public void A_reading_without_what_it_needs_is_named(string reading, string problems) =>
        Assert.Equal(problems, Inspect.Rules(Inspect.Text(FeedBuilder.Of(reading))));

    [Theory]
    [InlineData(0, "interval-length:5")]
    [InlineData(1, "")]
    [InlineData(366 * 86_400, "")]
    [InlineData((366 * 86_400) + 1, "interval-length:5")]
    [InlineData(-1, "number:5")]
    public void An_interval_has_one_second_to_a_leap_year(long seconds, string problems) =>
        Assert.Equal(problems, Inspect.Rules(Inspect.Text(FeedBuilder.Of(FeedBuilder.Reading(0, "1", seconds)))));

    [Fact]
    public void A_feed_without_readings_is_a_problem() =>
        Assert.Equal("empty:1", Inspect.Rules(Inspect.Text(new FeedBuilder().ToString())));

    [Fact]
    public void Two_types_without_a_link_to_them_leave_the_readings_unread()
    {
        FeedBuilder feed = new FeedBuilder().Block("", FeedBuilder.Reading(0, "5"));
        string text = feed.ToString().Replace("<link rel='related' href='/type/7'/>", "");
        string second = "<entry><content><ReadingType xmlns='http://naesb.org/espi'/></content></entry></feed>";

        Assert.Equal("", Inspect.Rules(Inspect.Text(text)));
        Assert.Equal("reading-type:4", Inspect.Rules(Inspect.Text(text.Replace("</feed>", second))));
    }

    [Fact]
    public void Many_problems_are_counted_and_the_first_thousand_listed()
    {
        string[] readings = new string[1_500];
        for (int i = 0; i < readings.Length; i++)
        {
            readings[i] = FeedBuilder.Reading(i, "-1");
        }

        InspectionReport report = Inspect.Text(FeedBuilder.Of(readings));

        Assert.Equal(1_500, report.Problems.Count);
        Assert.Equal(1_001, report.Problems.ToList().Count);
        Assert.Equal("and 500 more, the last one here", report.Problems.ToList()[^1].Text);
    }
}
