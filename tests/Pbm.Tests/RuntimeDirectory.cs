using System;
using System.IO;

namespace EnergyNode.Pbm.Tests;

/// <summary>A fresh directory for discovery files, private to this user.</summary>
internal sealed class RuntimeDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("energynode-test-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
