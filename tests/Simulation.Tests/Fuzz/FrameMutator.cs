using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using EnergyNode.Actors.Ports;

namespace EnergyNode.Simulation.Tests;

/// <summary>
/// Keeps valid frames of each type of message and makes others of them: bits flipped, cut, lengthened, with other
/// lengths and tags in them, fields swapped, two joined, another kind, or the same again.
/// </summary>
internal sealed class FrameMutator(int seed)
{
    private const int KeptPerType = 32;
    private const int TagOffset = 10;

    private readonly Random _random = new(seed);
    private readonly SortedDictionary<(FrameKind Kind, byte Tag), List<byte[]>> _valid = [];
    private readonly List<(FrameKind Kind, byte Tag)> _types = [];

    /// <summary>Kinds of frames with the tag of the message in them, where there are several.</summary>
    public IReadOnlyCollection<(FrameKind Kind, byte Tag)> Types => _types;

    public void Learn(FrameKind kind, ReadOnlySpan<byte> payload)
    {
        bool tagged = kind is FrameKind.Consensus or FrameKind.Query && payload.Length > TagOffset;
        (FrameKind, byte) type = (kind, tagged ? payload[TagOffset] : (byte)0);
        if (!_valid.TryGetValue(type, out List<byte[]>? kept))
        {
            kept = [];
            _valid.Add(type, kept);
            _types.Add(type);
        }

        if (kept.Count < KeptPerType)
        {
            kept.Add(payload.ToArray());
        }
        else
        {
            kept[_random.Next(KeptPerType)] = payload.ToArray();
        }
    }

    /// <summary>One hostile frame. One of eight is a valid one, sent by somebody else.</summary>
    public (FrameKind Kind, byte[] Payload) Next()
    {
        (FrameKind kind, byte[] valid) = Pick();
        byte[] payload = (byte[])valid.Clone();
        switch (_random.Next(8))
        {
            case 0:
                return (kind, payload);
            case 1:
                return (kind, payload[.._random.Next(payload.Length + 1)]);
            case 2:
                return (kind, [.. payload, .. RandomBytes(_random.Next(1, 64))]);
            case 3:
                return (kind, [.. payload, .. Pick().Payload]);
            case 4:
                return ((FrameKind)_random.Next(256), payload);
            case 5:
                return (kind, RandomBytes(_random.Next(payload.Length + 1)));
            default:
                for (int i = _random.Next(1, 4); i > 0 && payload.Length > 0; i--)
                {
                    Change(payload);
                }

                return (kind, payload);
        }
    }

    private (FrameKind Kind, byte[] Payload) Pick()
    {
        (FrameKind Kind, byte Tag) type = _types[_random.Next(_types.Count)];
        List<byte[]> kept = _valid[type];
        return (type.Kind, kept[_random.Next(kept.Count)]);
    }

    private void Change(byte[] payload)
    {
        // Most fields that steer a decoder are near the head.
        int within = _random.Next(3) == 0 ? payload.Length : Math.Min(payload.Length, 160);
        int at = _random.Next(within);
        switch (_random.Next(5))
        {
            case 0:
                payload[at] ^= (byte)(1 << _random.Next(8));
                break;
            case 1:
                payload[at] = (byte)_random.Next(16);
                break;
            case 2 when at + 4 <= payload.Length:
                uint length = BinaryPrimitives.ReadUInt32LittleEndian(payload.AsSpan(at));
                uint[] lengths = [0, 1, length ^ 1, length << 8, 0x7fffffff, 0x80000000, uint.MaxValue];
                BinaryPrimitives.WriteUInt32LittleEndian(payload.AsSpan(at), lengths[_random.Next(lengths.Length)]);
                break;
            case 3 when at + 8 <= payload.Length:
                long[] numbers = [0, -1, long.MinValue, long.MaxValue, 1L << 53, (1L << 53) + 1];
                BinaryPrimitives.WriteInt64LittleEndian(payload.AsSpan(at), numbers[_random.Next(numbers.Length)]);
                break;
            default:
                Swap(payload, at, _random.Next(within), _random.Next(2) == 0 ? 8 : 32);
                break;
        }
    }

    private static void Swap(byte[] payload, int a, int b, int length)
    {
        int size = Math.Min(length, payload.Length - Math.Max(a, b));
        for (int i = 0; i < size; i++)
        {
            (payload[a + i], payload[b + i]) = (payload[b + i], payload[a + i]);
        }
    }

    private byte[] RandomBytes(int count)
    {
        byte[] bytes = new byte[count];
        _random.NextBytes(bytes);
        return bytes;
    }
}
