using System;
using EnergyNode.Ledger;

namespace EnergyNode.Actors.Ports;

/// <summary>
/// Carries frames between nodes. The adapter connects to the configured validators by itself and again after a loss;
/// it tells the actor given at its start <see cref="PeerConnected"/>, <see cref="PeerDisconnected"/> and
/// <see cref="FrameReceived"/>. Frames to one peer arrive in order within one priority or not at all.
/// </summary>
public interface ITransport
{
    /// <summary>Queues a frame; drops it when the peer is not connected or its queue is full.</summary>
    /// <returns>False when it was dropped.</returns>
    bool Send(PublicKey peer, FrameKind kind, ReadOnlyMemory<byte> payload);

    /// <summary>Reads nothing more from a peer for this long, so that what it sends piles up on its own side.</summary>
    void Throttle(PublicKey peer, Duration pause);

    /// <summary>Cuts the link to a peer, and neither takes a connection of it nor dials it for this long.</summary>
    /// <param name="reason">For the log; one line.</param>
    void Refuse(PublicKey peer, Duration time, string reason);
}
