using System;
using System.IO;

namespace EnergyNode.Node.Demo;

/// <summary>Where the demo's network lies: a directory that stays, or a temporary one that goes.</summary>
internal sealed class DemoDirectory : IDisposable
{
    /// <param name="kept">The directory that stays; null for a temporary one.</param>
    public DemoDirectory(string? kept)
    {
        IsKept = kept is not null;
        Path = kept ?? Directory.CreateTempSubdirectory("energynode-demo-").FullName;
    }

    public string Path { get; }

    public bool IsKept { get; }

    public void Dispose()
    {
        if (!IsKept && Directory.Exists(Path))
        {
            Directory.Delete(Path, recursive: true);
        }
    }
}
