using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using EnergyNode.Ledger;
using EnergyNode.Market.Metering;
using EnergyNode.Node.Cli;

namespace EnergyNode.Node.Readings;

/// <summary>
/// Samples of one charging point from OCMF records: what its import register counted in each quarter of an hour, as
/// consumption. Every record must be signed with the key that is given; the file is taken as a whole or not at all.
/// </summary>
internal static class OcmfSamples
{
    /// <param name="file">The name to show in errors.</param>
    /// <param name="stream">The file, which can be read twice.</param>
    /// <param name="meter">The meter of the ledger that it is of.</param>
    /// <param name="key">The charging point's public key, in hexadecimal digits or base64.</param>
    /// <exception cref="UnreadableFileException">The file is no OCMF, or broken.</exception>
    /// <exception cref="CommandFailedException">It has something that cannot go to the ledger.</exception>
    public static SampleFile Read(string file, Stream stream, MeterId meter, string key)
    {
        // What the container says about keys proves nothing: it is not signed.
        List<OcmfSource> sources =
        [
            .. FileInspection.ReadOcmf(stream).Select(source => source with
            {
                Key = key,
                KeyEncoding = null,
            }),
        ];
        OcmfCounts counts = new();
        InspectionReport report = OcmfInspection.Run(
            sources, (record, source, payload) => counts.Take(record, source.Line, payload));
        string? problem = SignatureProblemOf(report, sources) ?? RuleProblemOf(report, sources);
        if (problem is null)
        {
            counts.Complete();
            problem = counts.Problem ?? SpanProblemOf(counts.Ordered);
        }

        return problem is null
            ? Join(file, OcmfQuarterHours.Divide(counts.Ordered), meter)
            : throw Refuse(file, problem);
    }

    private static CommandFailedException Refuse(string file, string problem) => new(
        ExitCodes.Usage, $"{file}: {problem}; nothing of the file is submitted, see energynode readings inspect");

    private static string? SignatureProblemOf(InspectionReport report, List<OcmfSource> sources)
    {
        int bad = report.Signatures.FindIndex(static signature => !signature.Valid);
        return bad < 0
            ? null
            : $"record {bad + 1} (line {sources[bad].Line}): signature: {report.Signatures[bad].Reason}, with the "
                + "key that was given";
    }

    private static string? RuleProblemOf(InspectionReport report, List<OcmfSource> sources)
    {
        foreach (ReadingProblem problem in report.Problems.ToList())
        {
            int record = sources.FindIndex(source => source.Line == problem.Line) + 1;
            string place = record > 0 ? $"record {record} (line {problem.Line})" : $"line {problem.Line}";
            return $"{place}: {ReadingRuleName.Of(problem.Rule)}: {problem.Text}";
        }

        return report.Meters > 1 ? $"the file has {report.Meters} meters, and --meter names one" : null;
    }

    private static string? SpanProblemOf(IReadOnlyList<OcmfCount> counts)
    {
        return OcmfQuarterHours.CountFrom(counts) > MeteringLimits.MaxIntervals
            ? $"record {counts[^1].Record} (line {counts[^1].Line}): the counts are of more than 367 days, split it"
            : null;
    }

    private static SampleFile Join(string file, IReadOnlyList<OcmfQuarter> quarters, MeterId meter)
    {
        List<MeterSample> samples = [];
        foreach (OcmfQuarter quarter in quarters)
        {
            if (quarter.WattHours > MeteringLimits.MaxReadingWattHours)
            {
                throw Refuse(file, string.Create(
                    CultureInfo.InvariantCulture,
                    $"line {quarter.Line}: out-of-range: {quarter.WattHours} Wh in the quarter of an hour from "
                    + $"{UtcTimestamp.Format(quarter.StartSeconds * 1_000)}"));
            }

            WattHours used = new(quarter.WattHours);
            samples.Add(new MeterSample(
                quarter.Line, Instant.FromSeconds(quarter.StartSeconds), meter, used, default, used, default)
            {
                Stated = quarter.Quality,
                IsCounted = true,
            });
        }

        return samples.Count > 0
            ? new SampleFile(samples, samples[0].Stamp, samples[^1].Stamp, [meter])
            : throw Refuse(file, "all counts are of single moments, so no quarter of an hour is known");
    }
}
