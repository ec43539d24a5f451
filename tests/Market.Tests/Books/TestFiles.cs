using System;
using System.IO;

namespace EnergyNode.Market.Tests.Books;

/// <summary>Finds data files from the repository's root, so that a test needs no copy step.</summary>
internal static class TestFiles
{
    /// <summary>A file of <c>tests/Market.Tests/Data</c>.</summary>
    public static string InTests(string name) => Path.Combine(Root(), "tests", "Market.Tests", "Data", name);

    /// <summary>A file of the repository's <c>data</c> folder.</summary>
    public static string InData(string name) => Path.Combine(Root(), "data", name);

    /// <summary>A file of the repository's <c>docs</c> folder.</summary>
    public static string InDocs(params string[] parts) => Path.Combine([Root(), "docs", .. parts]);

    private static string Root()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Directory.Packages.props")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new DirectoryNotFoundException("The tests do not run inside the repository.");
    }
}
