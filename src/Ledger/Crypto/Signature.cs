using System;
using System.Buffers.Binary;

namespace EnergyNode.Ledger;

/// <summary>An Ed25519 signature (RFC 8032), 64 bytes.</summary>
public readonly record struct Signature
{
    public const int Size = 64;

    private readonly ulong _a;
    private readonly ulong _b;
    private readonly ulong _c;
    private readonly ulong _d;
    private readonly ulong _e;
    private readonly ulong _f;
    private readonly ulong _g;
    private readonly ulong _h;

    /// <param name="bytes">Exactly 64 bytes.</param>
    public Signature(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Size)
        {
            throw new ArgumentException("A signature has 64 bytes.", nameof(bytes));
        }

        _a = BinaryPrimitives.ReadUInt64BigEndian(bytes);
        _b = BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]);
        _c = BinaryPrimitives.ReadUInt64BigEndian(bytes[16..]);
        _d = BinaryPrimitives.ReadUInt64BigEndian(bytes[24..]);
        _e = BinaryPrimitives.ReadUInt64BigEndian(bytes[32..]);
        _f = BinaryPrimitives.ReadUInt64BigEndian(bytes[40..]);
        _g = BinaryPrimitives.ReadUInt64BigEndian(bytes[48..]);
        _h = BinaryPrimitives.ReadUInt64BigEndian(bytes[56..]);
    }

    public void CopyTo(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64BigEndian(destination, _a);
        BinaryPrimitives.WriteUInt64BigEndian(destination[8..], _b);
        BinaryPrimitives.WriteUInt64BigEndian(destination[16..], _c);
        BinaryPrimitives.WriteUInt64BigEndian(destination[24..], _d);
        BinaryPrimitives.WriteUInt64BigEndian(destination[32..], _e);
        BinaryPrimitives.WriteUInt64BigEndian(destination[40..], _f);
        BinaryPrimitives.WriteUInt64BigEndian(destination[48..], _g);
        BinaryPrimitives.WriteUInt64BigEndian(destination[56..], _h);
    }

    public byte[] ToArray()
    {
        byte[] bytes = new byte[Size];
        CopyTo(bytes);
        return bytes;
    }

    public override int GetHashCode() => unchecked((int)(_a ^ (_h >> 32)));

    public override string ToString() => Convert.ToHexStringLower(ToArray());
}
