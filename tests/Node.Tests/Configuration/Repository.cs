using System;
using System.IO;

namespace EnergyNode.Node.Tests.Configuration;

/// <summary>Finds the files of the repository that the tests compare with.</summary>
internal static class Repository
{
    public static string Root
    {
        get
        {
            string directory = AppContext.BaseDirectory;
            while (!File.Exists(Path.Combine(directory, "EnergyNode.sln")))
            {
                directory = Path.GetDirectoryName(directory)
                    ?? throw new FileNotFoundException("The root of the repository is not above the tests.");
            }

            return directory;
        }
    }
}
