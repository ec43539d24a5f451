using System;
using System.Collections.Generic;
using System.Security.Cryptography;
using System.Text;
using EnergyNode.Actors.Ports;
using EnergyNode.Ledger;

namespace EnergyNode.Node.Persistence;

/// <summary>The journal's tables and the rows of <c>metadata</c> that say whose journal it is.</summary>
internal static class JournalSchema
{
    public const string FileName = "journal.db";

    private const string Version = "1";
    private const string VersionKey = "schema-version";
    private const string ChainKey = "chain-id";
    private const string GenesisKey = "genesis-hash";
    private const string NodeKey = "node-key";
    private const string SealKey = "identity-checksum";

    private const string JournalTable =
        "CREATE TABLE journal(ordering INTEGER PRIMARY KEY AUTOINCREMENT, persistence_id TEXT NOT NULL, "
        + "sequence_number INTEGER NOT NULL, created INTEGER NOT NULL, manifest TEXT NOT NULL, payload BLOB NOT NULL, "
        + "tags TEXT NOT NULL, checksum BLOB NOT NULL, UNIQUE(persistence_id, sequence_number))";

    private const string MetadataTable = "CREATE TABLE metadata(key TEXT PRIMARY KEY, value TEXT)";

    /// <summary>Whether the file has no tables at all: new, or its creation was interrupted.</summary>
    public static bool IsEmpty(SqliteDatabase database)
    {
        using SqliteStatement objects = database.Prepare("SELECT 1 FROM sqlite_master LIMIT 1");
        return !objects.Step();
    }

    public static void Create(SqliteDatabase database, JournalIdentity identity)
    {
        database.Execute("BEGIN IMMEDIATE");
        database.Execute(JournalTable);
        database.Execute(MetadataTable);
        using SqliteStatement insert = database.Prepare("INSERT INTO metadata(key, value) VALUES(?, ?)");
        foreach ((string key, string value) in RowsOf(identity))
        {
            insert.Bind(1, key).Bind(2, value).Run();
        }

        database.Execute("COMMIT");
    }

    /// <summary>Checks that the tables are the ones this version made, and reads whose journal it is.</summary>
    /// <exception cref="JournalCorruptException">Tables or identity are damaged.</exception>
    /// <exception cref="JournalOpenException">It is no journal, or of another version.</exception>
    public static JournalIdentity ReadIdentity(SqliteDatabase database, string path)
    {
        RequireTables(database, path);
        Dictionary<string, string> rows = new(StringComparer.Ordinal);
        using SqliteStatement select = database.Prepare("SELECT key, value FROM metadata NOT INDEXED");
        while (select.Step())
        {
            rows[select.Text(0)] = select.Text(1);
        }

        string? seal = SealOf(rows);
        bool isSealed = seal is not null && rows.GetValueOrDefault(SealKey) == seal;
        if (isSealed && rows[VersionKey] is var version && version != Version)
        {
            throw new JournalOpenException($"{path}: journal version {version}; this program reads version {Version}");
        }

        if (!isSealed
            || !Hash32.TryParse(rows[GenesisKey], out Hash32 genesis)
            || !PublicKey.TryParse(rows[NodeKey], out PublicKey node))
        {
            throw new JournalCorruptException($"{path}: the rows that say whose journal it is are damaged");
        }

        return new JournalIdentity(rows[ChainKey], genesis, node);
    }

    /// <exception cref="JournalOpenException">The journal belongs to another chain or validator.</exception>
    public static void RequireSame(JournalIdentity found, JournalIdentity expected, string path)
    {
        string? difference = found.ChainId != expected.ChainId
            ? $"chain \"{found.ChainId}\", not \"{expected.ChainId}\""
            : found.GenesisHash != expected.GenesisHash
                ? $"the chain \"{found.ChainId}\" with genesis {found.GenesisHash}, not {expected.GenesisHash}"
                : found.NodeKey != expected.NodeKey
                    ? $"node {found.NodeKey}, not {expected.NodeKey}"
                    : null;
        if (difference is not null)
        {
            throw new JournalOpenException($"{path}: this is the journal of {difference}");
        }
    }

    private static void RequireTables(SqliteDatabase database, string path)
    {
        Dictionary<string, string> tables = new(StringComparer.Ordinal);
        using SqliteStatement select = database.Prepare("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL");
        while (select.Step())
        {
            tables[select.Text(0)] = select.Text(1);
        }

        bool isComplete = tables.Remove("sqlite_sequence")
            & tables.Remove("journal", out string? journal)
            & tables.Remove("metadata", out string? metadata);
        if (!isComplete || tables.Count > 0 || journal != JournalTable || metadata != MetadataTable)
        {
            throw new JournalCorruptException($"{path}: the tables are not those of a journal");
        }
    }

    private static Dictionary<string, string> RowsOf(JournalIdentity identity)
    {
        Dictionary<string, string> rows = new(StringComparer.Ordinal)
        {
            [VersionKey] = Version,
            [ChainKey] = identity.ChainId,
            [GenesisKey] = identity.GenesisHash.ToString(),
            [NodeKey] = identity.NodeKey.ToString(),
        };
        rows[SealKey] = SealOf(rows)!;
        return rows;
    }

    /// <summary>SHA-256 over the lines <c>key=value</c>; null when a row is missing.</summary>
    private static string? SealOf(Dictionary<string, string> rows)
    {
        StringBuilder lines = new();
        foreach (string key in (ReadOnlySpan<string>)[VersionKey, ChainKey, GenesisKey, NodeKey])
        {
            if (!rows.TryGetValue(key, out string? value))
            {
                return null;
            }

            lines.Append(key).Append('=').Append(value).Append('\n');
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(lines.ToString())));
    }
}
