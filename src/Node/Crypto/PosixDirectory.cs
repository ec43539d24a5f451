using System;
using System.IO;
using System.Runtime.InteropServices;

namespace EnergyNode.Node.Crypto;

/// <summary>An open directory: what the class library cannot do with one (fsync it, lock it).</summary>
internal sealed partial class PosixDirectory : IDisposable
{
    private const int ReadOnlyCloseOnExec = 0x80000;
    private const int LockShared = 1;
    private const int LockExclusive = 2;
    private const int LockNonBlocking = 4;
    private const int WouldBlock = 11;
    private const int Interrupted = 4;

    private readonly string _path;
    private int _descriptor;

    private PosixDirectory(string path, int descriptor)
    {
        _path = path;
        _descriptor = descriptor;
    }

    /// <exception cref="IOException">The directory cannot be opened.</exception>
    public static PosixDirectory Open(string path)
    {
        int descriptor = open(path, ReadOnlyCloseOnExec);
        return descriptor >= 0 ? new PosixDirectory(path, descriptor) : throw Failure(path);
    }

    /// <summary>Makes created, renamed and deleted names in this directory durable.</summary>
    /// <exception cref="IOException">The disk refused.</exception>
    public static void Sync(string path)
    {
        using PosixDirectory directory = Open(path);
        if (fsync(directory._descriptor) != 0)
        {
            throw Failure(path);
        }
    }

    /// <summary>
    /// Takes the advisory lock (flock) on the directory; it lasts until <see cref="Dispose"/> or the process's end.
    /// </summary>
    /// <returns>False when another holder is in the way, in this process or another one.</returns>
    /// <exception cref="IOException">The file system has no locks.</exception>
    public bool TryLock(bool exclusive)
    {
        int operation = (exclusive ? LockExclusive : LockShared) | LockNonBlocking;
        while (flock(_descriptor, operation) != 0)
        {
            switch (Marshal.GetLastPInvokeError())
            {
                case WouldBlock:
                    return false;
                case Interrupted:
                    continue;
                default:
                    throw Failure(_path);
            }
        }

        return true;
    }

    public void Dispose()
    {
        if (_descriptor >= 0)
        {
            _ = close(_descriptor);
            _descriptor = -1;
        }
    }

    private static IOException Failure(string path) => new($"{path}: {Marshal.GetLastPInvokeErrorMessage()}");

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int open(string path, int flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int fsync(int descriptor);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int flock(int descriptor, int operation);

    [LibraryImport("libc")]
    private static partial int close(int descriptor);
}
