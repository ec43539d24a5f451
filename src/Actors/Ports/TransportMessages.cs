using System;
using EnergyNode.Ledger;

namespace EnergyNode.Actors.Ports;

/// <summary>
/// What a connected party is: another validator, a node without a vote, or a client that submits batches.
/// </summary>
public enum PeerRole : byte
{
    Validator = 0,
    Observer = 1,
    Client = 2,
}

/// <summary>An authenticated connection is up.</summary>
public sealed record PeerConnected(PublicKey Peer, PeerRole Role, string Address);

/// <summary>The connection is gone; the peer counts as unreachable at once.</summary>
public sealed record PeerDisconnected(PublicKey Peer, PeerRole Role, string Reason);

/// <summary>A whole frame from an authenticated peer; its payload is not checked yet.</summary>
public sealed record FrameReceived(PublicKey Peer, PeerRole Role, FrameKind Kind, ReadOnlyMemory<byte> Payload);
