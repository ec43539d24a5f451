using System;
using EnergyNode.Actors.Ports;
using EnergyNode.Consensus;
using EnergyNode.Ledger;

namespace EnergyNode.Simulation;

/// <summary>A frame on its way out of a liar. Each of its lies may change it before the network gets it.</summary>
/// <param name="to">The receiver's index; −1 for a client.</param>
/// <param name="message">What the frame says, when it is a consensus message.</param>
internal sealed class Departure(int to, FrameKind kind, ReadOnlyMemory<byte> payload, SignedMessage? message)
{
    public int To => to;

    public FrameKind Kind => kind;

    /// <summary>What the honest node inside wanted to say. Null when it is no consensus message.</summary>
    public SignedMessage? Message => message;

    public ReadOnlyMemory<byte> Payload { get; set; } = payload;

    /// <summary>When set, nothing is sent.</summary>
    public bool IsDropped { get; set; }

    public Duration Delay { get; set; }
}
