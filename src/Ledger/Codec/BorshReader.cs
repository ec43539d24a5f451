using System;
using System.Buffers.Binary;
using System.Text;

namespace EnergyNode.Ledger;

/// <summary>
/// Reads Borsh (borsh.io: little-endian integers, u32 length prefixes). Errors are values: the first failure is kept in
/// <see cref="Error"/>, every later read returns a default (zero, false, empty) and moves nothing, and the caller looks
/// at <see cref="Ok"/> or <see cref="End"/> once, at the end. Being a mutable struct, it is handed on by <c>ref</c>.
/// </summary>
public ref struct BorshReader
{
    private readonly ReadOnlySpan<byte> _input;
    private int _position;
    private CodecError _error;

    public BorshReader(ReadOnlySpan<byte> input)
    {
        _input = input;
        _position = 0;
        _error = CodecError.None;
    }

    public readonly CodecError Error => _error;

    public readonly bool Ok => _error == CodecError.None;

    /// <summary>Bytes read so far, so that the exact bytes of a field can be sliced out of the input.</summary>
    public readonly int Position => _position;

    public readonly int Remaining => _input.Length - _position;

    /// <summary>The input from <paramref name="start"/>, an earlier <see cref="Position"/>, up to here.</summary>
    public readonly ReadOnlySpan<byte> Since(int start) => _input[start.._position];

    /// <summary>Refuses the input, unless it is refused already: the first error is the one that is reported.</summary>
    public void Fail(CodecError error)
    {
        if (_error == CodecError.None)
        {
            _error = error;
        }
    }

    /// <summary>Refuses trailing bytes. True if the whole input was read without an error.</summary>
    public bool End()
    {
        if (Remaining != 0)
        {
            Fail(CodecError.TrailingBytes);
        }

        return Ok;
    }

    public byte U8() => TryTake(1, out ReadOnlySpan<byte> bytes) ? bytes[0] : (byte)0;

    public ushort U16() =>
        TryTake(2, out ReadOnlySpan<byte> bytes) ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : (ushort)0;

    public uint U32() => TryTake(4, out ReadOnlySpan<byte> bytes) ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : 0;

    public ulong U64() => TryTake(8, out ReadOnlySpan<byte> bytes) ? BinaryPrimitives.ReadUInt64LittleEndian(bytes) : 0;

    public long I64() => TryTake(8, out ReadOnlySpan<byte> bytes) ? BinaryPrimitives.ReadInt64LittleEndian(bytes) : 0;

    /// <summary>A number within bounds, both included; outside of them <see cref="CodecError.OutOfRange"/>.</summary>
    public long I64(long min, long max)
    {
        long value = I64();
        if (!Ok)
        {
            return 0;
        }

        if (value < min || value > max)
        {
            Fail(CodecError.OutOfRange);
            return 0;
        }

        return value;
    }

    public bool Bool() => Flag(CodecError.InvalidBoolean);

    /// <summary>The flag before an optional value: true if the value follows.</summary>
    public bool Option() => Flag(CodecError.InvalidTag);

    /// <summary>
    /// The tag byte of an enum, 0 to <paramref name="highest"/>; above it <see cref="CodecError.InvalidTag"/>.
    /// </summary>
    public byte Tag(byte highest)
    {
        byte tag = U8();
        if (tag > highest)
        {
            Fail(CodecError.InvalidTag);
            return 0;
        }

        return tag;
    }

    /// <summary>The u16 version before a top-level message, 1 to <paramref name="latest"/>.</summary>
    public ushort Version(ushort latest)
    {
        ushort version = U16();
        if (version == 0 || version > latest)
        {
            Fail(CodecError.UnknownVersion);
            return 0;
        }

        return version;
    }

    /// <summary>
    /// The number of elements of a collection, at most <paramref name="max"/>. A count that the rest of the input
    /// cannot hold is refused here, so that nobody allocates for it.
    /// </summary>
    /// <param name="max">The limit of this collection.</param>
    /// <param name="minElementSize">The fewest bytes that one element takes.</param>
    public int Count(int max, int minElementSize = 1)
    {
        uint count = U32();
        if (!Ok)
        {
            return 0;
        }

        if (count > (uint)max)
        {
            Fail(CodecError.TooLong);
            return 0;
        }

        if (count * (ulong)minElementSize > (ulong)Remaining)
        {
            Fail(CodecError.Truncated);
            return 0;
        }

        return (int)count;
    }

    /// <summary>
    /// A byte string with its u32 length, at most <paramref name="maxLength"/> bytes; a slice of the input.
    /// </summary>
    public ReadOnlySpan<byte> Bytes(int maxLength) => Fixed(Count(maxLength));

    /// <summary>
    /// Exactly <paramref name="length"/> bytes without a prefix; a slice of the input, empty after an error.
    /// </summary>
    public ReadOnlySpan<byte> Fixed(int length) => TryTake(length, out ReadOnlySpan<byte> bytes) ? bytes : default;

    /// <summary>A string of printable ASCII (0x20 to 0x7E) with its u32 length in bytes.</summary>
    public string Ascii(int maxLength)
    {
        ReadOnlySpan<byte> bytes = Bytes(maxLength);
        if (bytes.ContainsAnyExceptInRange((byte)0x20, (byte)0x7E))
        {
            Fail(CodecError.InvalidText);
            return string.Empty;
        }

        return Encoding.ASCII.GetString(bytes);
    }

    public Hash32 Hash32() =>
        TryTake(Ledger.Hash32.Size, out ReadOnlySpan<byte> bytes) ? new Hash32(bytes) : default;

    public PublicKey PublicKey() =>
        TryTake(Ledger.PublicKey.Size, out ReadOnlySpan<byte> bytes) ? new PublicKey(bytes) : default;

    public Signature Signature() =>
        TryTake(Ledger.Signature.Size, out ReadOnlySpan<byte> bytes) ? new Signature(bytes) : default;

    /// <summary>
    /// A label as a string of 1 to 32 bytes; <see cref="CodecError.InvalidText"/> outside its alphabet.
    /// </summary>
    public Label Label()
    {
        ReadOnlySpan<byte> bytes = Bytes(Ledger.Label.MaxLength);
        if (!Ok)
        {
            return default;
        }

        if (!Ledger.Label.TryFrom(bytes, out Label label))
        {
            Fail(CodecError.InvalidText);
        }

        return label;
    }

    public AccountId AccountId() => new(Label());

    public MeterId MeterId() => new(Label());

    public BookId BookId() => new(Label());

    public ChainId ChainId() => new(Label());

    private bool Flag(CodecError otherwise)
    {
        byte value = U8();
        if (value > 1)
        {
            Fail(otherwise);
        }

        return value == 1;
    }

    private bool TryTake(int length, out ReadOnlySpan<byte> bytes)
    {
        if (!Ok || length > Remaining)
        {
            Fail(CodecError.Truncated);
            bytes = default;
            return false;
        }

        bytes = _input.Slice(_position, length);
        _position += length;
        return true;
    }
}
