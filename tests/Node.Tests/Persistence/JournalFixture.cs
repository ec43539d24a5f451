using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using EnergyNode.Actors.Ports;
using EnergyNode.Ledger;
using EnergyNode.Node.Persistence;
using EnergyNode.Node.Tests.Crypto;
using SQLitePCL;
using Xunit;

namespace EnergyNode.Node.Tests.Persistence;

/// <summary>A data directory and shorthands for filling, copying and damaging it.</summary>
internal sealed class JournalFixture : IDisposable
{
    private readonly TemporaryDirectory _temporary = new();

    static JournalFixture() => Batteries_V2.Init();

    public JournalFixture() => DirectoryPath = _temporary.File("data");

    public static JournalIdentity Identity { get; } =
        new("north-solar", Hash32.Of("genesis"u8), new PublicKey(new byte[32]));

    public string DirectoryPath { get; }

    public string DatabasePath => Path.Combine(DirectoryPath, "journal.db");

    public string WalPath => DatabasePath + "-wal";

    public RecordingRef Recorder { get; } = new();

    public SqliteJournal Create(JournalOptions? options = null) =>
        SqliteJournal.Create(DirectoryPath, Identity, options);

    public SqliteJournal Open() => SqliteJournal.Open(DirectoryPath, Identity);

    public string NewDirectory(string name) => Directory.CreateDirectory(_temporary.File(name)).FullName;

    public static JournalRecord Record(string persistenceId, long sequenceNumber, int payloadBytes = 24)
    {
        byte[] payload = new byte[payloadBytes];
        for (int i = 0; i < payload.Length; i++)
        {
            payload[i] = (byte)(((sequenceNumber * 31) + i) % 251);
        }

        return new JournalRecord(
            persistenceId, sequenceNumber, new Instant(1_700_000_000_000_000 + sequenceNumber), "decided-block/1",
            payload,
            sequenceNumber % 2 == 0 ? string.Empty : "epoch;final");
    }

    /// <summary>Appends one record at a time and waits for each to be durable.</summary>
    public void Fill(SqliteJournal journal, string persistenceId, long from, long to, int payloadBytes = 24)
    {
        for (long i = from; i <= to; i++)
        {
            journal.Append([Record(persistenceId, i, payloadBytes)], Recorder, i);
            Assert.Equal(i, Recorder.Expect<JournalAppended>().Token);
        }
    }

    /// <summary>A cleanly closed journal: records 1 to 8 of blocks (1 to 3 deleted) and 1 to 4 of consensus.</summary>
    public void MakeSample()
    {
        using SqliteJournal journal = Create();
        Fill(journal, "blocks", 1, 3);
        Fill(journal, "consensus", 1, 2);
        journal.DeleteTo("blocks", 3);
        Fill(journal, "blocks", 4, 6);
        Fill(journal, "consensus", 3, 4);
        Fill(journal, "blocks", 7, 8);
    }

    /// <summary>Copies what a crash would leave: the main file and its write-ahead log.</summary>
    public string CopyAsAfterCrash(string name)
    {
        string copy = NewDirectory(name);
        File.Copy(DatabasePath, Path.Combine(copy, Path.GetFileName(DatabasePath)));
        while (File.Exists(WalPath) && !TryCopyLog(Path.Combine(copy, Path.GetFileName(WalPath))))
        {
        }

        return copy;
    }

    /// <summary>
    /// From its end to its begin, as it is written the other way: so no frame is there without those before it, which
    /// no killed process leaves.
    /// </summary>
    /// <returns>False when it was started anew meanwhile: a reader of an empty one does not keep a writer from that.
    /// </returns>
    private bool TryCopyLog(string target)
    {
        const int block = 4_096;
        const int headerLength = 32;
        using FileStream log = new(WalPath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 0);
        byte[] bytes = new byte[log.Length];
        byte[] header = new byte[Math.Min(headerLength, bytes.Length)];
        _ = RandomAccess.Read(log.SafeFileHandle, header, 0);
        for (int start = bytes.Length / block * block; start >= 0; start -= block)
        {
            int length = Math.Min(block, bytes.Length - start);
            _ = RandomAccess.Read(log.SafeFileHandle, bytes.AsSpan(start, length), start);
        }

        File.WriteAllBytes(target, bytes);
        return bytes.AsSpan(0, header.Length).SequenceEqual(header);
    }

    public void ExecuteSql(string sql)
    {
        Assert.Equal(raw.SQLITE_OK, raw.sqlite3_open(DatabasePath, out sqlite3 database));
        Assert.Equal(raw.SQLITE_OK, raw.sqlite3_exec(database, sql));
        Assert.Equal(raw.SQLITE_OK, raw.sqlite3_close(database));
    }

    public static string Describe(IEnumerable<JournalRecord> records)
    {
        StringBuilder text = new();
        foreach (JournalRecord record in records)
        {
            text.Append(record.PersistenceId).Append('/').Append(record.SequenceNumber)
                .Append(' ').Append(record.Created)
                .Append(' ').Append(record.Manifest).Append(' ').Append(record.Tags).Append(' ')
                .AppendLine(Convert.ToHexString(record.Payload));
        }

        return text.ToString();
    }

    /// <summary>Names, sizes, times and contents of a directory's files.</summary>
    public static string Fingerprint(string directory) => string.Join('\n', Directory
        .GetFileSystemEntries(directory)
        .Order(StringComparer.Ordinal)
        .Select(path => $"{path} {File.GetLastWriteTimeUtc(path).Ticks} "
            + Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path)))));

    public void Dispose() => _temporary.Dispose();
}
