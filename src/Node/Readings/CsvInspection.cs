using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using EnergyNode.Ledger;
using EnergyNode.Market.Metering;

namespace EnergyNode.Node.Readings;

/// <summary>
/// Inspects a file of quarter-hour readings with the market's own parser and validator. A meter's connection is not
/// known here, so no reading is too high for it.
/// </summary>
internal static class CsvInspection
{
    private const int BytesPerMebibyte = 1_048_576;

    /// <param name="file">The name to show in errors.</param>
    /// <param name="bytes">The whole file.</param>
    /// <exception cref="UnreadableFileException">It has no readable beginning.</exception>
    public static InspectionReport Run(string file, ReadOnlySpan<byte> bytes)
    {
        ReadingSurvey survey = ReadingFileParser.Survey(file, bytes);
        if (!survey.Opened)
        {
            InputError first = survey.Errors[0];
            throw new UnreadableFileException(first.Line, first.Column, first.What, first.Remedy);
        }

        InspectionReport report = new(ReadingFormat.Csv)
        {
            Meters = survey.Meters.Count,
            Readings = survey.Readings.Count + survey.Errors.Count,
        };
        AddErrors(survey.Errors, report);
        AddFindings(Validate(survey), survey.Readings, report);
        AddTotals(survey.Readings, report);
        return report;
    }

    /// <exception cref="UnreadableFileException">The file is too long.</exception>
    public static void CheckLength(long bytes)
    {
        if (bytes > MeteringLimits.MaxFileBytes)
        {
            throw new UnreadableFileException(
                1, 1, $"the file has more than {MeteringLimits.MaxFileBytes / BytesPerMebibyte} MiB",
                "split it by time");
        }
    }

    private static void AddErrors(IReadOnlyList<InputError> errors, InspectionReport report)
    {
        foreach (InputError error in errors)
        {
            report.Problems.Add(error.Line, RuleOf(error.Rule), $"column {error.Column}: {error.What}, {error.Remedy}");
        }

        if (errors.Count >= MeteringLimits.MaxListedFindings)
        {
            report.Problems.Add(
                errors[^1].Line, ReadingRule.Limit, $"the reading stopped after {errors.Count} rows with errors");
        }
    }

    private static ValidationReport Validate(ReadingSurvey survey)
    {
        Watts unbounded = new(MeteringLimits.MaxRatingWatts);
        ReadingValidator validator = new(new MeterList(
            [.. survey.Meters.Select(meter => new MeterConnection(meter, "inspected", unbounded, unbounded))]));
        List<ReadingInterval> released = [];
        foreach (RawReading reading in survey.Readings)
        {
            validator.Accept(reading, released);
            released.Clear();
        }

        validator.Complete(released);
        return validator.Report;
    }

    private static void AddFindings(
        ValidationReport validation, IReadOnlyList<RawReading> readings, InspectionReport report)
    {
        Dictionary<MeterId, List<RawReading>> byMeter = readings
            .GroupBy(static reading => reading.Meter)
            .ToDictionary(
                static meter => meter.Key,
                static meter => meter.OrderBy(static reading => reading.Start).ToList());
        foreach (Quarantined found in validation.Quarantined)
        {
            int line = found.Line > 0 ? found.Line : LineAfter(byMeter, found);
            report.Problems.Add(line, RuleOf(found.Rule), Text(found.Meter, found.Start, found.Reason));
        }

        foreach (Flag flag in validation.Flags)
        {
            report.Problems.Add(flag.Line, RuleOf(flag.Rule), Text(flag.Meter, flag.Start, flag.Reason));
        }

        foreach (QuarantineRule rule in Enum.GetValues<QuarantineRule>())
        {
            AddRest(validation.Count(rule), RuleOf(rule), report);
        }

        foreach (FlagRule rule in Enum.GetValues<FlagRule>())
        {
            AddRest(validation.Count(rule), RuleOf(rule), report);
        }
    }

    private static void AddRest(long count, ReadingRule rule, InspectionReport report)
    {
        if (count > MeteringLimits.MaxListedFindings)
        {
            report.Problems.Add(
                0, ReadingRule.Limit,
                $"{ReadingRuleName.Of(rule)}: {count - MeteringLimits.MaxListedFindings} more are not listed");
        }
    }

    /// <summary>A gap has no line: that of the meter's next reading stands for it, or of its last.</summary>
    private static int LineAfter(Dictionary<MeterId, List<RawReading>> byMeter, Quarantined gap)
    {
        if (!byMeter.TryGetValue(gap.Meter, out List<RawReading>? readings))
        {
            return 0;
        }

        int low = 0;
        int high = readings.Count - 1;
        while (low < high)
        {
            int middle = (low + high) >> 1;
            (low, high) = readings[middle].Start > gap.Start ? (low, middle) : (middle + 1, high);
        }

        return readings[low].Line;
    }

    private static void AddTotals(IReadOnlyList<RawReading> readings, InspectionReport report)
    {
        ExactEnergy consumption = default;
        ExactEnergy generation = default;
        ExactEnergy import = default;
        ExactEnergy export = default;
        foreach (RawReading reading in readings)
        {
            consumption += ExactEnergy.FromWattHours(reading.Consumption.Wh);
            generation += ExactEnergy.FromWattHours(reading.Generation.Wh);
            import += ExactEnergy.FromWattHours(reading.Import.Wh);
            export += ExactEnergy.FromWattHours(reading.Export.Wh);
            long start = reading.Start.Seconds * 1_000;
            report.Span(start, start + (MeteringLimits.IntervalSeconds * 1_000));
            report.Interval(MeteringLimits.IntervalSeconds);
        }

        report.Sum = consumption;
        report.CountQuality(EspiCodes.QualityValid, readings.Count);
        report.Details.Add(("generation", $"{generation} Wh"));
        report.Details.Add(("import", $"{import} Wh"));
        report.Details.Add(("export", $"{export} Wh"));
    }

    private static string Text(MeterId meter, Instant start, string reason) => string.Create(
        CultureInfo.InvariantCulture, $"{meter} at {UtcTimestamp.Format(start.Seconds * 1_000)}: {reason}");

    private static ReadingRule RuleOf(InputRule rule) => rule switch
    {
        InputRule.InvalidInterval => ReadingRule.InvalidInterval,
        InputRule.Negative => ReadingRule.Negative,
        InputRule.OutOfRange => ReadingRule.OutOfRange,
        InputRule.Duplicate => ReadingRule.Duplicate,
        InputRule.UnknownMeter => ReadingRule.UnknownMeter,
        InputRule.Limit => ReadingRule.Limit,
        _ => ReadingRule.MalformedRow,
    };

    private static ReadingRule RuleOf(QuarantineRule rule) => rule switch
    {
        QuarantineRule.UnknownMeter => ReadingRule.UnknownMeter,
        QuarantineRule.InvalidInterval => ReadingRule.InvalidInterval,
        QuarantineRule.OutOfOrder => ReadingRule.OutOfOrder,
        QuarantineRule.Duplicate => ReadingRule.Duplicate,
        QuarantineRule.InvalidEnergy => ReadingRule.OutOfRange,
        QuarantineRule.OverRating => ReadingRule.OverRating,
        _ => ReadingRule.Gap,
    };

    private static ReadingRule RuleOf(FlagRule rule) => rule switch
    {
        FlagRule.ZeroRun => ReadingRule.ZeroRun,
        FlagRule.ClippedLoad => ReadingRule.ClippedLoad,
        _ => ReadingRule.ImportExportMismatch,
    };
}
