using System.IO;
using EnergyNode.Node.Persistence;

namespace EnergyNode.Node.Cli;

/// <summary>Where a command finds a node's journal.</summary>
internal static class JournalDirectory
{
    /// <param name="directory">A data directory, or a node's directory with <c>data</c> below it.</param>
    /// <exception cref="CommandFailedException">There is no journal in either.</exception>
    public static string Find(string directory)
    {
        if (!Directory.Exists(directory))
        {
            string what = File.Exists(directory) ? "is a file" : "there is no such directory";
            throw new CommandFailedException(ExitCodes.Usage, $"{directory}: {what}; name a node's data directory");
        }

        string data = SqliteJournal.Exists(directory) ? directory : Path.Combine(directory, "data");
        return SqliteJournal.Exists(data)
            ? data
            : throw new CommandFailedException(
                ExitCodes.Usage,
                $"{directory}: there is no journal.db in it or in its folder data; name a node's data directory");
    }
}
