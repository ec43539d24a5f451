using System;
using System.Text.Unicode;
using EnergyNode.Actors.Ports;
using EnergyNode.Ledger;
using SQLitePCL;

namespace EnergyNode.Node.Persistence;

/// <summary>A journal row as it was read.</summary>
/// <param name="Ordering">The row's place in the whole journal: 1, 2, 3 …</param>
/// <param name="Record">The columns; only for naming the record when there is a fault.</param>
/// <param name="Checksum">The checksum as stored; zero when it does not have 32 bytes.</param>
/// <param name="Fault">Why the columns cannot be what was written, or null.</param>
internal readonly record struct StoredRecord(long Ordering, JournalRecord Record, Hash32 Checksum, string? Fault)
{
    /// <summary>The columns that <see cref="Read"/> expects, in this order.</summary>
    public const string Columns =
        "ordering, persistence_id, sequence_number, created, manifest, payload, tags, checksum";

    private const int ChecksumColumn = 7;

    private static readonly (string Name, int Type)[] Layout =
    [
        ("ordering", raw.SQLITE_INTEGER),
        ("persistence_id", raw.SQLITE_TEXT),
        ("sequence_number", raw.SQLITE_INTEGER),
        ("created", raw.SQLITE_INTEGER),
        ("manifest", raw.SQLITE_TEXT),
        ("payload", raw.SQLITE_BLOB),
        ("tags", raw.SQLITE_TEXT),
        ("checksum", raw.SQLITE_BLOB),
    ];

    /// <summary>
    /// Reads the statement's current row. SQLite's types are per value: one flipped bit makes a text a blob with the
    /// same bytes, or an integer a float, so the types are checked, too.
    /// </summary>
    public static StoredRecord Read(SqliteStatement row)
    {
        string? fault = FaultOf(row);
        JournalRecord record = new(
            row.Text(1), row.Integer(2), new Instant(row.Integer(3)), row.Text(4), row.Bytes(5).ToArray(), row.Text(6));
        ReadOnlySpan<byte> checksumBytes = row.Bytes(ChecksumColumn);
        Hash32 checksum = checksumBytes.Length == Hash32.Size ? new Hash32(checksumBytes) : Hash32.Zero;
        return new StoredRecord(row.Integer(0), record, checksum, fault);
    }

    private static string? FaultOf(SqliteStatement row)
    {
        for (int column = 0; column < Layout.Length; column++)
        {
            if (row.TypeOf(column) != Layout[column].Type)
            {
                return $"the column {Layout[column].Name} has the wrong type";
            }

            if (Layout[column].Type == raw.SQLITE_TEXT
                && !Utf8.IsValid(row.Bytes(column)))
            {
                return $"the column {Layout[column].Name} is not valid UTF-8";
            }
        }

        return row.Bytes(ChecksumColumn).Length == Hash32.Size ? null : "the checksum does not have 32 bytes";
    }
}
