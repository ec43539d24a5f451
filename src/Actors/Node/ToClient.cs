using System;
using EnergyNode.Actors.Ports;
using EnergyNode.Ledger;

namespace EnergyNode.Actors.Node;

/// <summary>To the peers actor: send this to a connected client.</summary>
public sealed record ToClient(PublicKey Client, FrameKind Kind, ReadOnlyMemory<byte> Payload);
