using System;
using System.IO;

namespace EnergyNode.Node.Crypto;

/// <summary>
/// Writes small files so that after a crash a file is there whole or not at all: temporary file in the same directory,
/// fsync, new name, fsync of the directory.
/// </summary>
public static class SecureFile
{
    /// <summary>0600: the owner alone reads and writes.</summary>
    public const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>0644: everybody reads.</summary>
    public const UnixFileMode PublicRead = OwnerOnly | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private const string NeedsPosix = "Private files need POSIX file modes.";

    private const UnixFileMode OthersMask =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>Creates a file that must not exist yet.</summary>
    /// <exception cref="IOException">It exists already, or the disk refused.</exception>
    public static void Create(string path, ReadOnlySpan<byte> content, UnixFileMode mode) =>
        Write(path, content, mode, overwrite: false);

    /// <summary>Creates a file, or replaces the one that is there.</summary>
    /// <exception cref="IOException">The disk refused.</exception>
    public static void Replace(string path, ReadOnlySpan<byte> content, UnixFileMode mode) =>
        Write(path, content, mode, overwrite: true);

    /// <summary>Whether somebody other than the owner has any right to the file.</summary>
    public static bool IsOpenToOthers(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            throw new PlatformNotSupportedException(NeedsPosix);
        }

        return (File.GetUnixFileMode(path) & OthersMask) != 0;
    }

    private static void Write(string path, ReadOnlySpan<byte> content, UnixFileMode mode, bool overwrite)
    {
        string directory = Path.GetDirectoryName(Path.GetFullPath(path))!;
        string temporary = Path.Combine(directory, $".{Path.GetFileName(path)}.{Path.GetRandomFileName()}");
        try
        {
            WriteDurably(temporary, content, mode);

            // Without overwriting, File.Move is link + unlink: an existing file makes it fail atomically.
            File.Move(temporary, path, overwrite);
            PosixDirectory.Sync(directory);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private static void WriteDurably(string path, ReadOnlySpan<byte> content, UnixFileMode mode)
    {
        if (OperatingSystem.IsWindows())
        {
            throw new PlatformNotSupportedException(NeedsPosix);
        }

        FileStreamOptions options = new()
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Share = FileShare.None,
            BufferSize = 0,
            UnixCreateMode = mode,
        };
        using FileStream stream = new(path, options);
        stream.Write(content);
        stream.Flush(flushToDisk: true);
    }
}
