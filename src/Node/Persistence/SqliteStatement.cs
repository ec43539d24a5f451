using System;
using System.Text;
using SQLitePCL;

namespace EnergyNode.Node.Persistence;

/// <summary>A prepared statement, bound and run again and again. Parameters count from 1, columns from 0.</summary>
internal sealed class SqliteStatement(SqliteDatabase database, sqlite3_stmt handle) : IDisposable
{
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    public SqliteStatement Bind(int parameter, long value)
    {
        database.Require(raw.sqlite3_bind_int64(handle, parameter, value));
        return this;
    }

    public SqliteStatement Bind(int parameter, string value)
    {
        // An empty span has no address, which SQLite takes for NULL.
        database.Require(value.Length == 0
            ? raw.sqlite3_bind_text(handle, parameter, string.Empty)
            : raw.sqlite3_bind_text(handle, parameter, StrictUtf8.GetBytes(value).AsSpan()));
        return this;
    }

    public SqliteStatement Bind(int parameter, ReadOnlySpan<byte> value)
    {
        database.Require(raw.sqlite3_bind_blob(handle, parameter, value));
        return this;
    }

    /// <returns>True when there is a row, false at the end.</returns>
    public bool Step() => raw.sqlite3_step(handle) switch
    {
        raw.SQLITE_ROW => true,
        raw.SQLITE_DONE => false,
        int result => throw database.Failure(result),
    };

    /// <summary>Runs a statement that returns no rows and makes it ready for the next run.</summary>
    public void Run()
    {
        try
        {
            _ = Step();
        }
        finally
        {
            Reset();
        }
    }

    /// <summary>Ends the run, and with it the read transaction. The result repeats that of the last step.</summary>
    public void Reset() => _ = raw.sqlite3_reset(handle);

    public int TypeOf(int column) => raw.sqlite3_column_type(handle, column);

    public long Integer(int column) => raw.sqlite3_column_int64(handle, column);

    /// <summary>The column's bytes as they are stored, text or blob; valid until the next step.</summary>
    public ReadOnlySpan<byte> Bytes(int column) => raw.sqlite3_column_blob(handle, column);

    /// <summary>Text for people or for comparing; malformed UTF-8 becomes U+FFFD.</summary>
    public string Text(int column) => Encoding.UTF8.GetString(Bytes(column));

    public void Dispose() => _ = raw.sqlite3_finalize(handle);
}
