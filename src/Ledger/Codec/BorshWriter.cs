using System;
using System.Buffers.Binary;
using System.Text;

namespace EnergyNode.Ledger;

/// <summary>
/// Writes Borsh into a buffer that grows and is kept by <see cref="Clear"/>, so that a writer in use allocates nothing.
/// What it is given comes from this node: a value that the reader would refuse for its form is a bug and throws.
/// </summary>
public sealed class BorshWriter
{
    private byte[] _buffer;
    private int _length;

    /// <param name="capacity">Bytes to start with.</param>
    public BorshWriter(int capacity = 256) => _buffer = new byte[Math.Max(capacity, 16)];

    /// <summary>Bytes written since the last <see cref="Clear"/>.</summary>
    public int Length => _length;

    /// <summary>What was written; valid until the next write or <see cref="Clear"/>.</summary>
    public ReadOnlySpan<byte> WrittenSpan => _buffer.AsSpan(0, _length);

    public void Clear() => _length = 0;

    /// <summary>Makes room at once for what is about to be written.</summary>
    public void Reserve(int count)
    {
        if (_length + count > _buffer.Length)
        {
            Array.Resize(ref _buffer, _length + count);
        }
    }

    public byte[] ToArray() => WrittenSpan.ToArray();

    public void U8(byte value) => Extend(1)[0] = value;

    public void U16(ushort value) => BinaryPrimitives.WriteUInt16LittleEndian(Extend(2), value);

    public void U32(uint value) => BinaryPrimitives.WriteUInt32LittleEndian(Extend(4), value);

    public void U64(ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(Extend(8), value);

    public void I64(long value) => BinaryPrimitives.WriteInt64LittleEndian(Extend(8), value);

    public void I128(Int128 value) => BinaryPrimitives.WriteInt128LittleEndian(Extend(16), value);

    public void Bool(bool value) => U8(value ? (byte)1 : (byte)0);

    /// <summary>The flag before an optional value.</summary>
    public void Option(bool present) => Bool(present);

    /// <summary>The tag byte of an enum.</summary>
    public void Tag(byte tag) => U8(tag);

    /// <summary>The u16 version before a top-level message.</summary>
    public void Version(ushort version) => U16(version);

    /// <summary>The number of elements of the collection that follows.</summary>
    public void Count(int count) => U32((uint)count);

    /// <summary>A byte string with its u32 length.</summary>
    public void Bytes(ReadOnlySpan<byte> bytes)
    {
        Count(bytes.Length);
        Fixed(bytes);
    }

    /// <summary>Bytes without a prefix.</summary>
    public void Fixed(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Extend(bytes.Length));

    /// <summary>A string of printable ASCII (0x20 to 0x7E) with its u32 length in bytes.</summary>
    public void Ascii(ReadOnlySpan<char> text)
    {
        foreach (char character in text)
        {
            if (character is < ' ' or > '~')
            {
                throw new ArgumentException("The text is not printable ASCII.", nameof(text));
            }
        }

        Count(text.Length);
        Encoding.ASCII.GetBytes(text, Extend(text.Length));
    }

    public void Hash32(Hash32 hash) => hash.CopyTo(Extend(Ledger.Hash32.Size));

    public void PublicKey(PublicKey key) => key.CopyTo(Extend(Ledger.PublicKey.Size));

    public void Signature(Signature signature) => signature.CopyTo(Extend(Ledger.Signature.Size));

    public void Label(Label label)
    {
        if (label.IsEmpty)
        {
            throw new ArgumentException("A label has at least one character.", nameof(label));
        }

        int length = label.Length;
        Count(length);
        label.CopyTo(Extend(length));
    }

    public void AccountId(AccountId id) => Label(id.Name);

    public void MeterId(MeterId id) => Label(id.Name);

    public void BookId(BookId id) => Label(id.Name);

    public void ChainId(ChainId id) => Label(id.Name);

    private Span<byte> Extend(int count)
    {
        int end = _length + count;
        if (end > _buffer.Length)
        {
            long doubled = Math.Min((long)_buffer.Length * 2, Array.MaxLength);
            Array.Resize(ref _buffer, (int)Math.Max(end, doubled));
        }

        Span<byte> span = _buffer.AsSpan(_length, count);
        _length = end;
        return span;
    }
}
