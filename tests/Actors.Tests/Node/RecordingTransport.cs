using System;
using System.Collections.Generic;
using System.Linq;
using EnergyNode.Actors.Ports;
using EnergyNode.Ledger;

namespace EnergyNode.Actors.Tests.Node;

/// <summary>A transport that keeps what it was given.</summary>
internal sealed class RecordingTransport : ITransport
{
    private readonly List<(PublicKey Peer, FrameKind Kind, byte[] Payload)> _sent = [];

    /// <summary>Who is not connected.</summary>
    public PublicKey? Away { get; set; }

    public bool Send(PublicKey peer, FrameKind kind, ReadOnlyMemory<byte> payload)
    {
        if (peer == Away)
        {
            return false;
        }

        _sent.Add((peer, kind, payload.ToArray()));
        return true;
    }

    /// <summary>Who was throttled (no reason) or refused, in order.</summary>
    public List<(PublicKey Peer, Duration Time, string Reason)> Punished { get; } = [];

    public void Throttle(PublicKey peer, Duration pause) => Punished.Add((peer, pause, ""));

    public void Refuse(PublicKey peer, Duration time, string reason) => Punished.Add((peer, time, reason));

    /// <summary>Frames of one kind since the last call.</summary>
    public List<(PublicKey Peer, byte[] Payload)> Take(FrameKind kind)
    {
        List<(PublicKey, byte[])> taken = [.. _sent.Where(f => f.Kind == kind).Select(f => (f.Peer, f.Payload))];
        _sent.RemoveAll(frame => frame.Kind == kind);
        return taken;
    }
}
