using System;
using System.Linq;
using EnergyNode.Actors.Configuration;
using Xunit;

namespace EnergyNode.Actors.Tests.Configuration;

public sealed class HoconTypedTests
{
    [Theory]
    [InlineData("1s", 1_000_000, "1s")]
    [InlineData("100ms", 100_000, "100ms")]
    [InlineData("15 minutes", 900_000_000, "15m")]
    [InlineData("1.5s", 1_500_000, "1500ms")]
    [InlineData("250 us", 250, "250us")]
    [InlineData("2 hours", 7_200_000_000, "2h")]
    [InlineData("1d", 86_400_000_000, "1d")]
    [InlineData("5000ns", 5, "5us")]
    [InlineData("0s", 0, "0s")]
    public void A_duration_has_a_unit(string text, long micros, string formatted)
    {
        TimeSpan duration = HoconParser.Parse($"a = {text}", "f").GetTimeSpan("a");
        Assert.Equal(micros * TimeSpan.TicksPerMicrosecond, duration.Ticks);
        Assert.Equal(formatted, HoconUnits.Format(duration));
    }

    [Theory]
    [InlineData("4MiB", 4_194_304, "4MiB")]
    [InlineData("10 MB", 10_000_000, "10000000B")]
    [InlineData("512kB", 512_000, "500KiB")]
    [InlineData("1.5K", 1_536, "1536B")]
    [InlineData("77", 77, "77B")]
    [InlineData("2 GiB", 2_147_483_648, "2GiB")]
    [InlineData("0", 0, "0B")]
    public void A_size_counts_bytes(string text, long bytes, string formatted)
    {
        Assert.Equal(bytes, HoconParser.Parse($"a = {text}", "f").GetByteSize("a"));
        Assert.Equal(formatted, HoconUnits.FormatSize(bytes));
    }

    [Theory]
    [InlineData("abc")]
    [InlineData("5")]
    [InlineData("-5s")]
    [InlineData("5 fortnights")]
    [InlineData("1.5ns")]
    [InlineData("999999999999d")]
    [InlineData("[1s]")]
    public void What_is_no_duration_is_refused(string text) =>
        Refused("a = " + text, "a duration", t => t.GetTimeSpan("a"));

    [Theory]
    [InlineData("abc")]
    [InlineData("-1")]
    [InlineData("0.5")]
    [InlineData("4mib")]
    [InlineData("99999999TiB")]
    public void What_is_no_size_is_refused(string text) => Refused("a = " + text, "a size", t => t.GetByteSize("a"));

    [Fact]
    public void A_wrong_type_names_path_place_and_what_was_found()
    {
        HoconObject tree = HoconParser.Parse(
            "energy-node {\n  market.grace = \"abc\"\n  n = 70000\n  list = [a, {}]\n  tree {}\n}", "cluster.hocon");
        string[] messages =
        [
            Message(() => tree.GetTimeSpan("energy-node.market.grace")),
            Message(() => tree.GetLong("energy-node.n", 0, 65535)),
            Message(() => tree.GetBoolean("energy-node.n")),
            Message(() => tree.GetStringList("energy-node.list")),
            Message(() => tree.GetString("energy-node.tree")),
            Message(() => tree.GetObject("energy-node.list")),
            Message(() => tree.GetDecimal("energy-node.tree.none")),
        ];
        Assert.Equal(
            """
            cluster.hocon:2:18: energy-node.market.grace must be a duration such as 60s or 100ms, found "abc"
            cluster.hocon:3:7: energy-node.n must be a whole number from 0 to 65535, found "70000"
            cluster.hocon:3:7: energy-node.n must be true or false, found "70000"
            cluster.hocon:4:14: energy-node.list[1] must be a text, found an object
            cluster.hocon:5:8: energy-node.tree must be a text, found an object
            cluster.hocon:4:10: energy-node.list must be an object { … }, found a list
            cluster.hocon:1:1: energy-node.tree.none is missing; set it
            """,
            string.Join('\n', messages));
    }

    [Theory]
    [InlineData("view-timeuot", "view-timeout")]
    [InlineData("hostnam", "hostname")]
    [InlineData("prot", "port")]
    [InlineData("xyz", null)]
    [InlineData("data-directory", null)]
    public void The_nearest_name_is_proposed_and_a_far_one_is_not(string written, string? meant) =>
        Assert.Equal(meant, EditDistance.Nearest(written, ["view-timeout", "hostname", "port", "data-dir"]));

    [Theory]
    [InlineData("", "abc", 3)]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("ab", "ba", 1)]
    [InlineData("same", "same", 0)]
    public void The_distance_counts_edits(string a, string b, int edits)
    {
        Assert.Equal(edits, EditDistance.Between(a, b));
        Assert.Equal(edits, EditDistance.Between(b, a));
    }

    private static void Refused(string text, string expected, Func<HoconObject, object> read) =>
        Assert.Contains(
            "f:1:5: a must be " + expected,
            Message(() => read(HoconParser.Parse(text, "f"))),
            StringComparison.Ordinal);

    private static string Message(Action action) => Assert.Throws<HoconException>(action).Message.Split('\n').Single();

    private static string Message(Func<object> read) => Message(() => { read(); });
}
