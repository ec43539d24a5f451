using System.Globalization;
using System.IO;
using System.Linq;

namespace EnergyNode.Node.Readings;

/// <summary>An inspection for people.</summary>
internal static class InspectionText
{
    private const int MostShown = 20;

    public static void Write(TextWriter output, string file, InspectionReport report)
    {
        output.WriteLine($"{file}: {NameOf(report.Format)}");
        Row(output, "meters", Text(report.Meters));
        Row(output, "readings", Text(report.Readings));
        Row(output, report.Format == ReadingFormat.Csv ? "consumption" : "energy", $"{report.Sum} Wh");
        foreach ((string name, string value) in report.Details)
        {
            Row(output, name, value);
        }

        if (report is { FirstStartMillis: { } first, LastEndMillis: { } last })
        {
            Row(output, "from", UtcTimestamp.Format(first));
            Row(output, "to", UtcTimestamp.Format(last));
        }

        if (report.IntervalSeconds is { } seconds)
        {
            Row(output, "interval", $"{Text(seconds)} s");
        }

        Row(output, "quality", string.Join(
            ", ", report.Quality.Select(code => $"{Text(code.Value)} {EspiCodes.QualityName(code.Key)} ({code.Key})")));
        WriteSignatures(output, report);
        WriteProblems(output, report);
        output.WriteLine(report.IsGood ? "all good" : Verdict(report));
    }

    private static void WriteSignatures(TextWriter output, InspectionReport report)
    {
        foreach (IGrouping<string, SignatureVerdict> curve in report.Signatures
            .Where(static signature => signature.Valid).GroupBy(static signature => signature.Curve ?? "unknown"))
        {
            Row(output, "signatures", $"{Text(curve.Count())} valid on {curve.Key}");
        }

        int shown = 0;
        for (int i = 0; i < report.Signatures.Count && shown < MostShown; i++)
        {
            if (!report.Signatures[i].Valid)
            {
                shown++;
                output.WriteLine($"WRONG: signature {i + 1}: {report.Signatures[i].Reason}");
            }
        }
    }

    private static void WriteProblems(TextWriter output, InspectionReport report)
    {
        foreach (ReadingProblem problem in report.Problems.ToList().Take(MostShown))
        {
            string place = problem.Line > 0 ? $"line {problem.Line}: " : "";
            output.WriteLine($"WRONG: {place}{ReadingRuleName.Of(problem.Rule)}: {problem.Text}");
        }

        if (report.Problems.Count > MostShown)
        {
            output.WriteLine($"and {Text(report.Problems.Count - MostShown)} more; --json lists them");
        }
    }

    private static string Verdict(InspectionReport report)
    {
        int invalid = report.Signatures.Count(static signature => !signature.Valid);
        return $"{Text(invalid)} invalid signatures, {Text(report.Problems.Count)} problems";
    }

    private static void Row(TextWriter output, string name, string value) => output.WriteLine($"  {name,-14} {value}");

    private static string NameOf(ReadingFormat format) => format switch
    {
        ReadingFormat.Csv => "CSV, quarter-hours",
        ReadingFormat.GreenButton => "Green Button (ESPI)",
        _ => "OCMF",
    };

    private static string Text(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
