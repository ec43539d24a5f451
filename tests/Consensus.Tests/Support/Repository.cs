using System;
using System.IO;

namespace EnergyNode.Consensus.Tests.Support;

/// <summary>Finds files from the repository's root, so that a test needs no copy step.</summary>
internal static class Repository
{
    public static string PathOf(params string[] parts)
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Directory.Packages.props")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder is null
            ? throw new DirectoryNotFoundException("The tests do not run inside the repository.")
            : Path.Combine([folder, .. parts]);
    }
}
