using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using EnergyNode.Ledger;
using EnergyNode.Market.Metering;
using Xunit;

namespace EnergyNode.Market.Tests.Metering;

/// <summary>A row here is <c>interval meter consumption generation [import export]</c>; line 2 is the first.</summary>
public sealed class ReadingValidatorTests
{
    private const long Rated = 6_000;

    [Fact]
    public void Readings_are_grouped_by_interval_and_sorted_by_meter() => Check(
        """
        0 B 1 0
        0 A 2 0
        1 A 3 0
        1 B 4 0
        """,
        """
        0: A B
        1: A B
        """,
        string.Empty);

    [Fact]
    public void An_interval_that_nobody_reported_is_empty_and_a_gap_for_each_meter() => Check(
        """
        0 A 1 0
        0 B 1 0
        2 B 1 0
        2 A 1 0
        """,
        """
        0: A B
        1:
        2: A B
        """,
        """
        Gap line 0 A@1: no reading
        Gap line 0 B@1: no reading
        """);

    [Fact]
    public void A_listed_meter_that_never_reports_has_a_gap_in_every_interval() => Check(
        """
        5 A 1 0
        6 A 1 0
        """,
        """
        5: A
        6: A
        """,
        """
        Gap line 0 B@5: no reading
        Gap line 0 B@6: no reading
        """);

    [Fact]
    public void A_reading_at_the_rating_passes_and_one_above_is_quarantined_without_being_a_gap() => Check(
        $"""
        0 A {Rated} 1900
        0 B {Rated + 1} 1900
        1 A 0 1901
        1 B 0 0
        """,
        """
        0: A
        1: B
        """,
        """
        OverRating line 3 B@0: consumption 6001Wh is more than 6000Wh at 24000W
        OverRating line 4 A@1: generation 1901Wh is more than 1900Wh at 7601W
        """);

    [Fact]
    public void A_late_row_is_quarantined_without_being_a_gap() => Check(
        """
        1 A 1 0
        1 B 1 0
        2 A 1 0
        3 A 1 0
        3 B 1 0
        2 B 7 0
        0 A 1 0
        """,
        """
        1: A B
        2: A
        3: A B
        """,
        """
        OutOfOrder line 7 B@2: 1 intervals before one already open
        OutOfOrder line 8 A@0: 3 intervals before one already open
        """);

    [Fact]
    public void Rows_that_no_parsed_file_has_are_quarantined_too() => Check(
        $"""
        0 A 1 0
        0 B 1 0
        0 A 2 0
        0 C 1 0
        1 A -1 0 0 1
        1 B 1 0 1000000001 0
        {MeteringLimits.MaxIntervals} A 1 0
        """,
        """
        0: A B
        1:
        """,
        $"""
        Duplicate line 4 A@0: the meter was already heard in this interval
        UnknownMeter line 5 C@0: meter C is not in the meter list
        InvalidEnergy line 6 A@1: -1Wh is out of range
        InvalidEnergy line 7 B@1: 1000000001Wh is out of range
        InvalidInterval line 8 A@35232: 35232 intervals after the first, a stream spans at most 35232
        """);

    [Fact]
    public void Times_off_the_grid_or_out_of_range_are_quarantined()
    {
        ReadingValidator validator = new(Meters());
        List<ReadingInterval> released = [];
        RawReading reading = Row("0 A 1 0", 2);
        Instant[] times =
        [
            new(1), new(-900_000_000), Instant.FromSeconds(MeteringLimits.EndOfTimeSeconds), new(long.MaxValue),
            new(long.MinValue),
        ];
        foreach (Instant time in times)
        {
            validator.Accept(reading with { Start = time }, released);
        }

        Assert.Equal(times.Length, validator.Report.Count(QuarantineRule.InvalidInterval));
        validator.Complete(released);
        Assert.Empty(released);
        validator.Accept(reading with { Start = Instant.FromSeconds(MeteringLimits.EndOfTimeSeconds - 900) }, released);
        Assert.Equal(1, validator.Report.Released);
    }

    [Fact]
    public void The_longest_stream_passes()
    {
        (List<ReadingInterval> released, ValidationReport report) = Run(
            $"0 A 1 0\n{MeteringLimits.MaxIntervals - 1} B 1 0");
        Assert.Equal(MeteringLimits.MaxIntervals, released.Count);
        Assert.Equal((2 * MeteringLimits.MaxIntervals) - 2, report.Count(QuarantineRule.Gap));
        Assert.Equal(MeteringLimits.MaxListedFindings, report.Quarantined.Count);
    }

    [Fact]
    public void A_run_of_zeros_is_flagged_when_it_reaches_six_hours()
    {
        Assert.Empty(Flags(Rows(0, 23, "0 0") + Rows(23, 24, "1 0") + Rows(24, 47, "0 0")));
        Assert.Equal(
            ["ZeroRun line 25 A@23: no consumption in 24 intervals in a row"], Flags(Rows(0, 40, "0 0")));
        Assert.Empty(Flags(Rows(0, 23, "0 0") + Rows(24, 30, "0 0")));
        Assert.Equal(2, Flags(Rows(0, 24, "0 0") + Rows(24, 25, "1 0") + Rows(25, 49, "0 0")).Length);
    }

    [Fact]
    public void Load_that_is_often_zero_while_the_plant_produces_is_flagged_once()
    {
        string zeros = string.Concat(Enumerable.Range(0, 15).Select(i => Rows(i * 2, (i * 2) + 1, "0 50")
            + Rows((i * 2) + 1, (i * 2) + 2, "5 50")));
        Assert.Empty(Flags(zeros));
        Assert.Equal(
            ["ClippedLoad line 32 A@30: no consumption in 16 of 31 intervals with generation"],
            Flags(zeros + Rows(30, 31, "0 50") + Rows(31, 32, "1 50") + Rows(32, 33, "0 50")));
        Assert.Empty(Flags(zeros + Rows(30, 31, "0 49")));
        Assert.Single(Flags(Rows(0, 304, "9 60") + Spread(304, 16)));
        Assert.Empty(Flags(Rows(0, 305, "9 60") + Spread(305, 16)));
    }

    [Fact]
    public void Import_and_export_that_do_not_follow_from_the_others_are_flagged()
    {
        Assert.Empty(Flags("0 A 5 3 2 0\n1 A 3 5 0 2\n2 A 4 4 0 0"));
        Assert.Equal(
            [
                "ImportExportMismatch line 2 A@0: import 3Wh and export 0Wh, but consumption − generation = 2Wh",
                "ImportExportMismatch line 3 A@1: import 0Wh and export 1Wh, but consumption − generation = -2Wh",
            ],
            Flags("0 A 5 3 3 0\n1 A 3 5 0 1"));
    }

    [Fact]
    public void An_empty_stream_releases_nothing()
    {
        (List<ReadingInterval> released, ValidationReport report) = Run(string.Empty);
        Assert.Empty(released);
        Assert.Equal((0, 0), (report.Released, report.Count(QuarantineRule.Gap)));
    }

    /// <summary>Producing intervals without load, each followed by a dark one with load.</summary>
    private static string Spread(int from, int count) =>
        string.Concat(Enumerable.Range(0, count).Select(i =>
            Rows(from + (2 * i), from + (2 * i) + 1, "0 60") + Rows(from + (2 * i) + 1, from + (2 * i) + 2, "5 0")));

    private static string Rows(int from, int to, string energies) =>
        string.Concat(Enumerable.Range(from, to - from).Select(interval => $"{interval} A {energies}\n"));

    private static string[] Flags(string rows) =>
        [.. Run(rows).Report.Flags.Select(flag =>
            $"{flag.Rule} line {flag.Line} {flag.Meter}@{IntervalOf(flag.Start)}: {flag.Reason}")];

    private static void Check(string rows, string intervals, string quarantined)
    {
        (List<ReadingInterval> released, ValidationReport report) = Run(rows);
        Assert.Equal(
            intervals,
            string.Join('\n', released.Select(interval =>
                $"{IntervalOf(interval.Start)}: {string.Join(' ', interval.Readings.Select(r => r.Meter))}".Trim())));
        Assert.Equal(
            quarantined,
            string.Join('\n', report.Quarantined.Select(found =>
                $"{found.Rule} line {found.Line} {found.Meter}@{IntervalOf(found.Start)}: {found.Reason}")));
        Assert.All(
            report.Quarantined.CountBy(found => found.Rule), pair => Assert.Equal(pair.Value, report.Count(pair.Key)));
        Assert.Equal(released.Sum(interval => interval.Readings.Count), report.Released);
    }

    private static (List<ReadingInterval> Released, ValidationReport Report) Run(string rows)
    {
        ReadingValidator validator = new(Meters());
        List<ReadingInterval> released = [];
        int line = 2;
        foreach (string row in rows.Split('\n', System.StringSplitOptions.RemoveEmptyEntries))
        {
            validator.Accept(Row(row, line++), released);
        }

        validator.Complete(released);
        return (released, validator.Report);
    }

    private static MeterList Meters() => new(
        [
            new MeterConnection(MeterId.Parse("B"), "b", new Watts(24_000), new Watts(7_601)),
            new MeterConnection(MeterId.Parse("A"), "a", new Watts(24_000), new Watts(7_601)),
        ]);

    private static RawReading Row(string row, int line)
    {
        string[] words = row.Split(' ');
        long consumption = Number(words[2]);
        long generation = Number(words[3]);
        return new RawReading(
            line,
            Inputs.Noon.Plus(Duration.FromSeconds(900 * Number(words[0]))),
            MeterId.Parse(words[1]),
            new WattHours(consumption),
            new WattHours(generation),
            new WattHours(words.Length > 4 ? Number(words[4]) : System.Math.Max(0, consumption - generation)),
            new WattHours(words.Length > 5 ? Number(words[5]) : System.Math.Max(0, generation - consumption)));
    }

    private static long IntervalOf(Instant start) => start.Since(Inputs.Noon).Micros / 900_000_000;

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
