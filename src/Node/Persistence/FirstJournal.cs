using System.IO;
using System.Text;
using EnergyNode.Node.Crypto;

namespace EnergyNode.Node.Persistence;

/// <summary>
/// Tells a data directory's first journal from one that took the place of a lost one. Who sets up a validator leaves a
/// mark; the first start turns it into another, beside the journal; with the directory both are lost.
/// </summary>
internal static class FirstJournal
{
    private const string NeverStarted = "never-started";
    private const string First = "first-journal";
    private const string Text = """
        No node has run with the key of this directory yet, so none has voted. The first start removes this file. Do not
        make one yourself: a validator that lost its journal could vote twice, which is punished.

        """;

    /// <summary>Marks the directory of a validator whose key is new.</summary>
    public static void Mark(string directory) =>
        SecureFile.Create(Path.Combine(directory, NeverStarted), Encoding.UTF8.GetBytes(Text), SecureFile.PublicRead);

    /// <summary>To be called before the journal is opened, or created.</summary>
    /// <returns>Whether no other journal can have been here before.</returns>
    public static bool Begin(string directory)
    {
        // R26
        string first = Path.Combine(directory, First);
        if (SqliteJournal.Exists(directory))
        {
            return File.Exists(first);
        }

        // In this order: a crash in between leaves a directory that is not known to be new.
        string mark = Path.Combine(directory, NeverStarted);
        bool isNew = File.Exists(mark);
        if (isNew)
        {
            File.Move(mark, first, overwrite: true);
        }
        else
        {
            File.Delete(first);
        }

        PosixDirectory.Sync(directory);
        return isNew;
    }
}
