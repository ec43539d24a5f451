using System;
using System.Globalization;
using System.IO;
using System.Text;
using System.Threading;
using EnergyNode.Node.Crypto;
using EnergyNode.Node.Hosting;

namespace EnergyNode.Node.Persistence;

/// <summary>
/// Keeps a data directory to one process. The lock is on the directory itself, so nothing has to be created or cleaned
/// up for it and it ends with its process; <c>journal.pid</c> only says who holds it.
/// </summary>
internal sealed class DirectoryLock : IDisposable
{
    private const string PidFile = "journal.pid";

    private readonly PosixDirectory _directory;
    private readonly string? _pidPath;

    private DirectoryLock(PosixDirectory directory, string? pidPath)
    {
        _directory = directory;
        _pidPath = pidPath;
    }

    /// <summary>For the one process that writes.</summary>
    /// <exception cref="JournalOpenException">Another process has the directory, or there is none.</exception>
    public static DirectoryLock AcquireExclusive(string path)
    {
        PosixDirectory directory = Acquire(path, exclusive: true);
        string pidPath = Path.Combine(path, PidFile);
        try
        {
            File.WriteAllText(pidPath, Environment.ProcessId.ToString(CultureInfo.InvariantCulture) + "\n");
            return new DirectoryLock(directory, pidPath);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            directory.Dispose();
            throw new JournalOpenException($"{path}: cannot be written ({error.Message})", error);
        }
    }

    /// <summary>For readers of a stopped node's directory; changes nothing in it.</summary>
    /// <exception cref="JournalOpenException">A process writes in the directory, or there is none.</exception>
    public static DirectoryLock AcquireShared(string path) => new(Acquire(path, exclusive: false), pidPath: null);

    public void Dispose()
    {
        try
        {
            if (_pidPath is not null)
            {
                File.Delete(_pidPath);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A stale pid file does no harm: only the lock counts.
        }

        _directory.Dispose();
    }

    private static PosixDirectory Acquire(string path, bool exclusive)
    {
        PosixDirectory? directory = null;
        try
        {
            directory = PosixDirectory.Open(path);
            for (int attempt = 0; attempt < HostLimits.LockAttempts; attempt++)
            {
                if (directory.TryLock(exclusive))
                {
                    return directory;
                }

                Thread.Sleep(HostLimits.LockPause);
            }
        }
        catch (IOException error)
        {
            directory?.Dispose();
            throw new JournalOpenException(error.Message, error);
        }

        directory.Dispose();
        throw new JournalOpenException($"{path} is in use by another process{HolderOf(path)}; stop it first");
    }

    private static string HolderOf(string path)
    {
        try
        {
            byte[] content = File.ReadAllBytes(Path.Combine(path, PidFile));
            return int.TryParse(Encoding.ASCII.GetString(content).Trim(), CultureInfo.InvariantCulture, out int pid)
                ? string.Create(CultureInfo.InvariantCulture, $" (pid {pid})")
                : string.Empty;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return string.Empty;
        }
    }
}
