using System;
using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using EnergyNode.Ledger;

namespace EnergyNode.Node.Persistence;

/// <summary>
/// How far one persistence id's records were deleted, and the last deleted record's checksum, on which the first
/// remaining one's builds. Kept in <c>metadata</c> under <c>deleted:</c> + persistence id.
/// </summary>
internal readonly record struct DeletedMark(long SequenceNumber, Hash32 Checksum)
{
    public const string KeyPrefix = "deleted:";

    /// <summary>Nothing deleted; the first record builds on a checksum of zeros.</summary>
    public static readonly DeletedMark None;

    public static string KeyOf(string persistenceId) => KeyPrefix + persistenceId;

    /// <summary>Sequence number, checksum, and a hash of both and the persistence id, separated by blanks.</summary>
    public string Render(string persistenceId) => string.Create(
        CultureInfo.InvariantCulture, $"{SequenceNumber} {Checksum} {SealOf(persistenceId)}");

    public static bool TryParse(string persistenceId, string text, out DeletedMark mark)
    {
        string[] fields = text.Split(' ');
        mark = None;
        if (fields.Length != 3
            || !long.TryParse(fields[0], NumberStyles.None, CultureInfo.InvariantCulture, out long sequenceNumber)
            || !Hash32.TryParse(fields[1], out Hash32 checksum))
        {
            return false;
        }

        mark = new DeletedMark(sequenceNumber, checksum);
        return mark.Render(persistenceId) == text;
    }

    private string SealOf(string persistenceId)
    {
        byte[] name = Encoding.UTF8.GetBytes(persistenceId);
        byte[] content = new byte[sizeof(long) + Hash32.Size + name.Length];
        BinaryPrimitives.WriteInt64LittleEndian(content, SequenceNumber);
        Checksum.CopyTo(content.AsSpan(sizeof(long)));
        name.CopyTo(content, sizeof(long) + Hash32.Size);
        return Convert.ToHexStringLower(SHA256.HashData(content));
    }
}
