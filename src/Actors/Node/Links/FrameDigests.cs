using System;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using EnergyNode.Actors.Ports;
using EnergyNode.Ledger;

namespace EnergyNode.Actors.Node;

/// <summary>
/// By what a link recognises a frame that came before. Many nodes of one process may share one of these: a frame that
/// all of them get is hashed once. It is known by the identity of its array, so nobody may write to one that was sent.
/// Not thread-safe.
/// </summary>
public sealed class FrameDigests
{
    /// <summary>Frames that are remembered: 100 validators have two or three each under way; 24 bytes each.</summary>
    private const int Places = 4_096;

    /// <summary>Most frames have no tail.</summary>
    private static readonly ulong EmptyWord = Word([]);

    private readonly (byte[]? Frame, FrameKind Kind, ulong Digest)[] _places =
        new (byte[]?, FrameKind, ulong)[Places];

    /// <summary>As <see cref="Compute"/>.</summary>
    public ulong Of(FrameKind kind, ReadOnlyMemory<byte> payload)
    {
        bool isWhole = MemoryMarshal.TryGetArray(payload, out ArraySegment<byte> segment)
            && segment.Array is { Length: > 0 } whole && whole.Length == payload.Length;
        if (!isWhole)
        {
            return Compute(kind, payload.Span);
        }

        byte[] frame = segment.Array!;
        ref (byte[]? Frame, FrameKind Kind, ulong Digest) place =
            ref _places[(uint)RuntimeHelpers.GetHashCode(frame) % Places];
        if (!ReferenceEquals(place.Frame, frame) || place.Kind != kind)
        {
            place = (frame, kind, Compute(kind, frame));
        }

        return place.Digest;
    }

    /// <summary>Covers a frame's kind, length, head and tail.</summary>
    /// <returns>Never zero, which is an empty place in a link's memory.</returns>
    public static ulong Compute(FrameKind kind, ReadOnlySpan<byte> payload)
    {
        int head = Math.Min(payload.Length, LinkLimits.DigestBytes);
        int tail = Math.Min(payload.Length - head, LinkLimits.DigestBytes);
        ulong last = tail == 0 ? EmptyWord : Word(payload[(payload.Length - tail)..]);
        ulong digest = Word(payload[..head]) ^ ulong.RotateLeft(last, 1);
        return (digest ^ ((ulong)payload.Length << 8) ^ (ulong)kind) | 1;
    }

    private static ulong Word(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[Hash32.Size];
        Hash32.Of(bytes).CopyTo(hash);
        return BinaryPrimitives.ReadUInt64LittleEndian(hash);
    }
}
