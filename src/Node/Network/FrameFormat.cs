using System;
using System.Buffers.Binary;
using EnergyNode.Actors.Ports;

namespace EnergyNode.Node.Network;

/// <summary>Frames on the wire: u32 little-endian length of (kind + payload), u8 kind, payload.</summary>
internal static class FrameFormat
{
    /// <summary>The kind of hello and verdict frames; allowed before the welcome only.</summary>
    public const byte HandshakeKind = 0;

    /// <summary>Pings and pongs carry eight bytes that the pong repeats.</summary>
    public const int PingBytes = 8;

    public static bool IsKnown(byte kind) => (FrameKind)kind is FrameKind.Consensus
        or FrameKind.BatchRequest
        or FrameKind.Batches
        or FrameKind.BlockRequest
        or FrameKind.Blocks
        or FrameKind.BatchAnnounce
        or FrameKind.VoteDigests
        or FrameKind.VoteRequest
        or FrameKind.Votes
        or FrameKind.Submit
        or FrameKind.Receipts
        or FrameKind.Query
        or FrameKind.Answer
        or FrameKind.Ping
        or FrameKind.Pong;

    /// <summary>Urgent frames overtake all others: votes, and the heartbeats that keep the link alive.</summary>
    public static bool IsUrgent(FrameKind kind) => kind is FrameKind.Consensus or FrameKind.Ping or FrameKind.Pong;

    public static void WriteHeader(Span<byte> destination, byte kind, int payloadBytes)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(destination, (uint)payloadBytes + 1);
        destination[4] = kind;
    }

    public static byte[] Whole(byte kind, ReadOnlySpan<byte> payload)
    {
        byte[] frame = new byte[NetworkLimits.FrameHeaderBytes + payload.Length];
        WriteHeader(frame, kind, payload.Length);
        payload.CopyTo(frame.AsSpan(NetworkLimits.FrameHeaderBytes));
        return frame;
    }
}
