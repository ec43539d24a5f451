using System;
using System.Collections.Generic;
using System.Text;

namespace EnergyNode.Node.Tests.Readings;

/// <summary>
/// Writes Green Button feeds for tests. Lines: 1 feed, 2 MeterReading, 3 ReadingType, from 4 on a line for each block's
/// begin, each of its readings, and its end.
/// </summary>
internal sealed class FeedBuilder
{
    public const long Start = 1_330_578_000;

    private const string Root = "/espi/1_1/resource/UsagePoint/1/MeterReading/1";

    private readonly List<string> _blocks = [];

    public string Type { get; set; } = "<powerOfTenMultiplier>0</powerOfTenMultiplier><uom>72</uom>";

    public string Atom { get; set; } = "http://www.w3.org/2005/Atom";

    public string Espi { get; set; } = "http://naesb.org/espi";

    /// <param name="interval">The block's own interval, or empty.</param>
    /// <param name="readings">Elements, a line each.</param>
    public FeedBuilder Block(string interval, params string[] readings)
    {
        StringBuilder block = new();
        block.Append($"<entry><link rel='up' href='{Root}/IntervalBlock'/><content><IntervalBlock xmlns='{Espi}'>");
        block.Append(interval).Append('\n');
        foreach (string reading in readings)
        {
            block.Append(reading).Append('\n');
        }

        _blocks.Add(block.Append("</IntervalBlock></content></entry>\n").ToString());
        return this;
    }

    /// <summary>One block of readings without an interval of its own.</summary>
    public static string Of(params string[] readings) => new FeedBuilder().Block("", readings).ToString();

    /// <param name="quarter">Quarter-hours after <see cref="Start"/>.</param>
    public static string Reading(long quarter, string value, long seconds = 900, string before = "") =>
        $"<IntervalReading>{before}{Period("timePeriod", quarter, seconds)}<value>{value}</value></IntervalReading>";

    public static string Period(string name, long quarter, long seconds) => FormattableString.Invariant(
        $"<{name}><duration>{seconds}</duration><start>{Start + (quarter * 900)}</start></{name}>");

    public override string ToString() =>
        $"<feed xmlns='{Atom}'>\n"
        + $"<entry><link rel='self' href='{Root}'/><link rel='related' href='{Root}/IntervalBlock'/>"
        + $"<link rel='related' href='/type/7'/><content><MeterReading xmlns='{Espi}'/></content></entry>\n"
        + $"<entry><content><ReadingType xmlns='{Espi}'>{Type}</ReadingType></content>"
        + "<link rel='self' href='/type/7'/></entry>\n"
        + string.Concat(_blocks) + "</feed>\n";
}
