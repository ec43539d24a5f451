using System;
using EnergyNode.Actors.Ports;
using EnergyNode.Ledger;

namespace EnergyNode.Node.Network;

/// <summary>What one link has done so far; for status commands and metrics. Bytes include frame headers.</summary>
/// <param name="Peer">Who is at the other end.</param>
/// <param name="Role">As what.</param>
/// <param name="Address">Where, as told in PeerConnected.</param>
/// <param name="Dialled">True if this side dialled.</param>
/// <param name="Since">Wall clock when the link came up.</param>
/// <param name="BytesIn">Received.</param>
/// <param name="BytesOut">Handed to TLS.</param>
/// <param name="FramesIn">Received, pings included.</param>
/// <param name="FramesOut">Handed to TLS, pings included.</param>
/// <param name="FramesDropped">Not sent because the queue was full or the frame too large.</param>
/// <param name="FramesQueued">Waiting now.</param>
/// <param name="BytesQueued">Waiting now.</param>
/// <param name="RoundTrip">Of the last answered ping; null before the first.</param>
/// <param name="Throttled">For how long reading was delayed by the quota.</param>
public sealed record LinkStats(
    PublicKey Peer,
    PeerRole Role,
    string Address,
    bool Dialled,
    Instant Since,
    long BytesIn,
    long BytesOut,
    long FramesIn,
    long FramesOut,
    long FramesDropped,
    int FramesQueued,
    long BytesQueued,
    TimeSpan? RoundTrip,
    TimeSpan Throttled);
