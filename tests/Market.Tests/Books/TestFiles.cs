using System.IO;
using System.Runtime.CompilerServices;

namespace EnergyNode.Market.Tests.Books;

/// <summary>Finds data files from the place of this source file, so that a test needs no copy step.</summary>
internal static class TestFiles
{
    /// <summary>A file of <c>tests/Market.Tests/Data</c>.</summary>
    public static string InTests(string name) => Path.Combine(Here(), "..", "Data", name);

    /// <summary>A file of the repository's <c>data</c> folder.</summary>
    public static string InData(string name) => Path.Combine(Here(), "..", "..", "..", "data", name);

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
