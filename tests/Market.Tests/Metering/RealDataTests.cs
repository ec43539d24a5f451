using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using EnergyNode.Ledger;
using EnergyNode.Market.Metering;
using EnergyNode.Market.Tests.Books;
using Xunit;

namespace EnergyNode.Market.Tests.Metering;

/// <summary>The files of <c>data/</c>, against the totals and oddities that its README states.</summary>
public sealed class RealDataTests
{
    [Fact]
    public void The_file_has_the_stated_totals()
    {
        (List<ReadingInterval> intervals, ValidationReport report) = Validate();
        long consumption = 0, generation = 0, import = 0, export = 0, traded = 0, selfUsed = 0;
        foreach (ReadingInterval interval in intervals)
        {
            Assert.Equal(17, interval.Readings.Count);
            consumption += interval.Readings.Sum(reading => reading.Consumption.Wh);
            generation += interval.Readings.Sum(reading => reading.Generation.Wh);
            selfUsed += interval.Readings.Sum(reading => Math.Min(reading.Consumption.Wh, reading.Generation.Wh));
            long imported = interval.Readings.Sum(reading => reading.Import.Wh);
            long exported = interval.Readings.Sum(reading => reading.Export.Wh);
            (import, export, traded) = (import + imported, export + exported, traded + Math.Min(imported, exported));
        }

        Assert.Equal((1_344, 17 * 1_344), (intervals.Count, report.Released));
        Assert.Equal((7_969_102, 4_606_624), (consumption, generation));
        Assert.Equal((4_899_288, 1_536_810), (import, export));
        Assert.Equal((650_717, 3_069_814), (traded, selfUsed));
    }

    [Fact]
    public void Nothing_is_quarantined_and_the_odd_homes_are_flagged()
    {
        ValidationReport report = Validate().Report;

        Assert.All(Enum.GetValues<QuarantineRule>(), rule => Assert.Equal(0, report.Count(rule)));
        Assert.Equal("B02 B03 B06 B08 B12 B15", Meters(report, FlagRule.ZeroRun));
        Assert.Equal("B14", Meters(report, FlagRule.ClippedLoad));
        Assert.Equal(0, report.Count(FlagRule.ImportExportMismatch));
    }

    [Fact]
    public void Every_reading_has_a_tariff()
    {
        byte[] bytes = File.ReadAllBytes(TestFiles.InData("tariff_carbon_hourly_2016-08_2017-07.csv"));
        TariffSchedule schedule = Inputs.Value(TariffParser.Parse("tariff.csv", bytes));

        Assert.Equal(8_760, schedule.Hours.Count);
        Assert.Equal([210_000, 220_000, 400_000, 500_000, 540_000],
            schedule.Hours.Select(hour => hour.RetailPrice.MicroPerKwh).Distinct().Order());
        foreach (RawReading reading in Inputs.RealReadings().Readings)
        {
            Assert.Equal(TariffRefusal.None, schedule.PriceAt(reading.Start, out Price price));
            Assert.True(price.MicroPerKwh > 0);
        }
    }

    private static string Meters(ValidationReport report, FlagRule rule) =>
        string.Join(
            ' ', report.Flags.Where(flag => flag.Rule == rule).Select(flag =>
                flag.Meter.ToString()).Distinct().Order());

    private static (List<ReadingInterval> Intervals, ValidationReport Report) Validate()
    {
        ReadingValidator validator = new(Inputs.RealMeters());
        List<ReadingInterval> intervals = [];
        foreach (RawReading reading in Inputs.RealReadings().Readings)
        {
            validator.Accept(reading, intervals);
        }

        validator.Complete(intervals);
        return (intervals, validator.Report);
    }
}
