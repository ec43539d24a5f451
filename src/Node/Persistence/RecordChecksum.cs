using System;
using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using EnergyNode.Actors.Ports;
using EnergyNode.Ledger;

namespace EnergyNode.Node.Persistence;

/// <summary>
/// A record's checksum (docs/spec/journal.md, "Checksum"): SHA-256 over a domain tag, the checksum of the record
/// before it, and every column with its length. Reusable, not thread safe.
/// </summary>
internal sealed class RecordChecksum : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly ArrayBufferWriter<byte> _buffer = new(512);

    private static ReadOnlySpan<byte> Domain => "energynode-journal/1"u8;

    public Hash32 Of(Hash32 previous, long ordering, JournalRecord record)
    {
        _buffer.ResetWrittenCount();
        _buffer.Write(Domain);
        previous.CopyTo(_buffer.GetSpan(Hash32.Size));
        _buffer.Advance(Hash32.Size);
        Write(ordering);
        Write(record.PersistenceId);
        Write(record.SequenceNumber);
        Write(record.Created.Micros);
        Write(record.Manifest);
        WriteLength(record.Payload.Length);
        _hash.AppendData(_buffer.WrittenSpan);
        _hash.AppendData(record.Payload);

        _buffer.ResetWrittenCount();
        Write(record.Tags);
        _hash.AppendData(_buffer.WrittenSpan);

        Span<byte> digest = stackalloc byte[Hash32.Size];
        _hash.GetHashAndReset(digest);
        return new Hash32(digest);
    }

    public void Dispose() => _hash.Dispose();

    private void Write(long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(_buffer.GetSpan(sizeof(long)), value);
        _buffer.Advance(sizeof(long));
    }

    private void WriteLength(int value)
    {
        BinaryPrimitives.WriteInt32LittleEndian(_buffer.GetSpan(sizeof(int)), value);
        _buffer.Advance(sizeof(int));
    }

    private void Write(string text)
    {
        WriteLength(Encoding.UTF8.GetByteCount(text));
        Encoding.UTF8.GetBytes(text, _buffer);
    }
}
