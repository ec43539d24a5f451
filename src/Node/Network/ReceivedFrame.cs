using System;
using EnergyNode.Actors.Ports;

namespace EnergyNode.Node.Network;

/// <summary>A frame that a <see cref="TlsClient"/> received; the payload belongs to the receiver.</summary>
public readonly record struct ReceivedFrame(FrameKind Kind, ReadOnlyMemory<byte> Payload);
