using System;
using EnergyNode.Actors.Ports;

namespace EnergyNode.Node.Network;

internal readonly record struct OutboundFrame(FrameKind Kind, ReadOnlyMemory<byte> Payload)
{
    /// <summary>Size on the wire.</summary>
    public int Bytes => NetworkLimits.FrameHeaderBytes + Payload.Length;
}
