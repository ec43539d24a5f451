using System.IO;
using System.Linq;
using System.Text;
using EnergyNode.Node.Readings;
using EnergyNode.Node.Tests.Configuration;

namespace EnergyNode.Node.Tests.Readings;

/// <summary>Runs inspections for tests.</summary>
internal static class Inspect
{
    public static string SamplePath(string name) => Path.Combine(Repository.Root, "data", "formats", name);

    public static string SampleText(string name) => File.ReadAllText(SamplePath(name));

    public static InspectionReport Sample(string name) => Bytes(File.ReadAllBytes(SamplePath(name)));

    public static InspectionReport Text(string content, ReadingFormat? format = null) =>
        Bytes(Encoding.UTF8.GetBytes(content), format);

    public static InspectionReport Bytes(byte[] content, ReadingFormat? format = null)
    {
        using MemoryStream stream = new(content);
        return FileInspection.Run("test", stream, format);
    }

    /// <summary>The rules broken with their lines, as <c>gap:12 overlap:20</c>.</summary>
    public static string Rules(InspectionReport report) => string.Join(
        ' ', report.Problems.ToList().Select(static problem => $"{ReadingRuleName.Of(problem.Rule)}:{problem.Line}"));
}
