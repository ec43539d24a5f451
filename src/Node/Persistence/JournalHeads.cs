using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using EnergyNode.Actors.Ports;
using EnergyNode.Ledger;

namespace EnergyNode.Node.Persistence;

/// <summary>
/// The ends of all persistence ids, and the last ordering. Orderings and sequence numbers both count up by one for each
/// record ever written, so the highest sequence numbers add up to the last ordering: that tells when records
/// are missing at an end, where no successor's checksum could show it.
/// </summary>
internal sealed class JournalHeads
{
    private readonly Dictionary<string, JournalHead> _heads = new(StringComparer.Ordinal);

    public long LastOrdering { get; private set; }

    public IEnumerable<KeyValuePair<string, long>> HighestSequenceNumbers =>
        _heads.Select(head => KeyValuePair.Create(head.Key, head.Value.Highest));

    public JournalHead this[string persistenceId] => _heads.GetValueOrDefault(persistenceId);

    /// <exception cref="JournalCorruptException">The ends do not fit together.</exception>
    public static JournalHeads Load(SqliteDatabase database, string path)
    {
        JournalHeads heads = new() { LastOrdering = ReadLastOrdering(database) };
        foreach ((string persistenceId, DeletedMark mark) in ReadMarks(database, path))
        {
            heads._heads[persistenceId] = new JournalHead(mark, mark.SequenceNumber, mark.Checksum);
        }

        foreach (string persistenceId in ReadPersistenceIds(database))
        {
            heads.ReadLast(database, persistenceId, path);
        }

        return heads.FindMissing() is { } missing
            ? throw new JournalCorruptException($"{path}: {missing}")
            : heads;
    }

    public static long ReadLastOrdering(SqliteDatabase database)
    {
        using SqliteStatement select = database.Prepare("SELECT seq FROM sqlite_sequence WHERE name = 'journal'");
        return select.Step() ? select.Integer(0) : 0;
    }

    /// <exception cref="JournalCorruptException">A mark is damaged.</exception>
    public static Dictionary<string, DeletedMark> ReadMarks(SqliteDatabase database, string path)
    {
        Dictionary<string, DeletedMark> marks = new(StringComparer.Ordinal);
        using SqliteStatement select = database.Prepare(
            "SELECT key, value FROM metadata NOT INDEXED WHERE substr(key, 1, 8) = 'deleted:'");
        while (select.Step())
        {
            string persistenceId = select.Text(0)[DeletedMark.KeyPrefix.Length..];
            if (!DeletedMark.TryParse(persistenceId, select.Text(1), out DeletedMark mark))
            {
                throw new JournalCorruptException($"{path}: the mark of {persistenceId}'s deleted records is damaged");
            }

            marks.Add(persistenceId, mark);
        }

        return marks;
    }

    /// <summary>What is missing at the ends, or null.</summary>
    public static string? FindMissing(long sumOfHighest, long lastOrdering) => sumOfHighest == lastOrdering
        ? null
        : string.Create(
            CultureInfo.InvariantCulture,
            $"{lastOrdering} records were written, but the last ones of each kind add up to {sumOfHighest}");

    public void Set(string persistenceId, JournalHead head) => _heads[persistenceId] = head;

    public long TakeOrdering() => ++LastOrdering;

    private static List<string> ReadPersistenceIds(SqliteDatabase database)
    {
        List<string> persistenceIds = [];
        using SqliteStatement next = database.Prepare(
            "SELECT persistence_id FROM journal WHERE persistence_id > ? ORDER BY persistence_id LIMIT 1");
        string last = string.Empty;
        while (next.Bind(1, last).Step())
        {
            last = next.Text(0);
            persistenceIds.Add(last);
            next.Reset();
        }

        return persistenceIds;
    }

    private void ReadLast(SqliteDatabase database, string persistenceId, string path)
    {
        using SqliteStatement select = database.Prepare(
            "SELECT sequence_number, checksum FROM journal WHERE persistence_id = ? "
            + "ORDER BY sequence_number DESC LIMIT 1");
        if (!select.Bind(1, persistenceId).Step() || select.Bytes(1).Length != Hash32.Size)
        {
            throw new JournalCorruptException($"{path}: the last record of {persistenceId} is damaged");
        }

        DeletedMark mark = this[persistenceId].Deleted;
        Set(persistenceId, new JournalHead(mark, select.Integer(0), new Hash32(select.Bytes(1))));
    }

    private string? FindMissing()
    {
        Int128 sum = 0;
        foreach (JournalHead head in _heads.Values)
        {
            sum += head.Highest;
        }

        return FindMissing((long)Int128.Clamp(sum, long.MinValue, long.MaxValue), LastOrdering);
    }
}
