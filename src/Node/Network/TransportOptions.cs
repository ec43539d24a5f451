using System;
using System.Collections.Immutable;
using System.Net;
using EnergyNode.Actors.Ports;

namespace EnergyNode.Node.Network;

/// <summary>How a node or client talks to others. Defaults and their arithmetic: <see cref="NetworkLimits"/>.</summary>
public sealed record TransportOptions
{
    /// <summary>1–64 printable ASCII characters without space; part of every hello.</summary>
    public required string ChainId { get; init; }

    public PeerRole Role { get; init; } = PeerRole.Validator;

    /// <summary>Where to listen; port 0 takes a free one, <c>[::]</c> takes IPv4 too, null does not listen.</summary>
    public IPEndPoint? Listen { get; init; }

    /// <summary>What the hello says; empty: the listening address, unless that is a wildcard.</summary>
    public string AdvertisedAddress { get; init; } = "";

    /// <summary>The nodes to dial, and to dial again after a loss.</summary>
    public ImmutableArray<KnownPeer> Peers { get; init; } = [];

    /// <summary>Bound of kind + payload, both ways; the same on all nodes of a chain.</summary>
    public int MaxFrameBytes { get; init; } = NetworkLimits.MaxFrameBytes;

    /// <summary>Bound of kind + payload of frames sent by a client.</summary>
    public int ClientMaxFrameBytes { get; init; } = NetworkLimits.ClientMaxFrameBytes;

    public int MaxClients { get; init; } = NetworkLimits.MaxClients;

    public int MaxPendingHandshakes { get; init; } = NetworkLimits.MaxPendingHandshakes;

    public int MaxPendingPerAddress { get; init; } = NetworkLimits.MaxPendingPerAddress;

    /// <summary>Frames queued per peer and priority.</summary>
    public int QueueFrames { get; init; } = NetworkLimits.QueueFrames;

    /// <summary>Bytes queued per node and priority, headers included.</summary>
    public long QueueBytes { get; init; } = NetworkLimits.QueueBytes;

    /// <summary>Bytes queued per client and priority, headers included.</summary>
    public long ClientQueueBytes { get; init; } = NetworkLimits.ClientQueueBytes;

    public RateQuota NodeQuota { get; init; } = NetworkLimits.NodeQuota;

    public RateQuota ClientQuota { get; init; } = NetworkLimits.ClientQuota;

    public TimeSpan HeartbeatInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>A link on which nothing arrived for this long is closed.</summary>
    public TimeSpan AcceptablePause { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>A peer that takes none of a write for this long is disconnected.</summary>
    public TimeSpan WriteStallTimeout { get; init; } = TimeSpan.FromSeconds(15);

    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>TLS, both hellos and both verdicts must be done in this time.</summary>
    public TimeSpan HelloTimeout { get; init; } = TimeSpan.FromSeconds(5);

    public TimeSpan ReconnectMin { get; init; } = TimeSpan.FromMilliseconds(100);

    public TimeSpan ReconnectMax { get; init; } = TimeSpan.FromSeconds(5);

    /// <exception cref="ArgumentException">An option makes no sense; the message says which and why.</exception>
    internal void Validate()
    {
        Require(
            Ascii.IsPrintable(ChainId) && ChainId.Length is > 0 and <= NetworkLimits.MaxChainIdBytes,
            "The chain id must have 1 to 64 printable ASCII characters and no space.");
        Require(
            Ascii.IsPrintable(AdvertisedAddress) && AdvertisedAddress.Length <= NetworkLimits.MaxAddressBytes,
            "The advertised address must have at most 255 printable ASCII characters.");
        Require(MaxFrameBytes is > 0 and < int.MaxValue / 2, "MaxFrameBytes must be positive and below 1 GiB.");
        Require(ClientMaxFrameBytes > 0, "ClientMaxFrameBytes must be positive.");
        Require(
            Math.Min(QueueBytes, ClientQueueBytes)
                >= (long)Math.Max(MaxFrameBytes, ClientMaxFrameBytes) + NetworkLimits.FrameHeaderBytes
            && QueueFrames > 0,
            "The outbound queue must hold at least one frame of the largest size.");
        Require(
            NodeQuota is { BytesPerSecond: > 0, FramesPerSecond: > 0 }
            && ClientQuota is { BytesPerSecond: > 0, FramesPerSecond: > 0 },
            "Quotas must be positive.");
        Require(
            HeartbeatInterval > TimeSpan.Zero && AcceptablePause > HeartbeatInterval,
            "The acceptable pause must be longer than the heartbeat interval.");
        Require(
            WriteStallTimeout > TimeSpan.Zero && ConnectTimeout > TimeSpan.Zero && HelloTimeout > TimeSpan.Zero,
            "Time-outs must be positive.");
        Require(
            ReconnectMin > TimeSpan.Zero && ReconnectMax >= ReconnectMin,
            "The reconnect back-off needs 0 < minimum <= maximum.");
    }

    private static void Require(bool condition, string message)
    {
        if (!condition)
        {
            throw new ArgumentException(message);
        }
    }
}
