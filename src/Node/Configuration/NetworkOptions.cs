using System;

namespace EnergyNode.Node.Configuration;

/// <summary>Connections between nodes.</summary>
/// <param name="MaxFrameBytes">A longer frame closes its connection.</param>
/// <param name="SendQueueFrames">Frames that wait for one peer; what comes on top is dropped.</param>
/// <param name="ConnectTimeout">For TCP, TLS and the hello together.</param>
/// <param name="ReconnectMin">Wait after the first failed connection; doubled after each further one.</param>
/// <param name="ReconnectMax">The longest such wait.</param>
/// <param name="HeartbeatInterval">An idle connection carries a heartbeat this often.</param>
/// <param name="AcceptableHeartbeatPause">Silence that raises no suspicion.</param>
/// <param name="FailureThreshold">The phi from which a silent peer is suspected.</param>
/// <param name="FailureSamples">Heartbeat intervals that are remembered of each peer.</param>
/// <param name="FailureMinDeviation">The least spread of these that is assumed.</param>
public sealed record NetworkOptions(
    int MaxFrameBytes,
    int SendQueueFrames,
    TimeSpan ConnectTimeout,
    TimeSpan ReconnectMin,
    TimeSpan ReconnectMax,
    TimeSpan HeartbeatInterval,
    TimeSpan AcceptableHeartbeatPause,
    decimal FailureThreshold,
    int FailureSamples,
    TimeSpan FailureMinDeviation);
