using System;
using System.IO;

namespace EnergyNode.Node.Setup;

/// <summary>Directories of mode 0700: they hold keys.</summary>
internal static class PrivateDirectory
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    public static void Create(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            throw new PlatformNotSupportedException("Private directories need POSIX file modes.");
        }

        Directory.CreateDirectory(path, OwnerOnly);
    }
}
