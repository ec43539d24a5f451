using System;

namespace EnergyNode.Node.Admin;

/// <summary>Every bound of the admin port. What a client without a token can hold is at most
/// <c>MaxConnections × MaxRequestBytes</c> = 16 × 64 KiB = 1 MiB, for at most <c>GreetingTimeout</c>; what answers can
/// hold is at most <c>MaxConcurrentRequests × MaxResponseBytes</c> = 8 × 8 MiB = 64 MiB.</summary>
public sealed record AdminLimits
{
    /// <summary>Open connections; one more is told so and closed.</summary>
    public int MaxConnections { get; init; } = 16;

    /// <summary>Handlers that run at one time; further requests wait within their own time-out.</summary>
    public int MaxConcurrentRequests { get; init; } = 8;

    /// <summary>Bytes of one request line, its line feed not counted.</summary>
    public int MaxRequestBytes { get; init; } = 64 * 1024;

    /// <summary>Bytes of one response line, its line feed not counted.</summary>
    public int MaxResponseBytes { get; init; } = 8 * 1024 * 1024;

    /// <summary>How long a new connection may take to send its first whole request.</summary>
    public TimeSpan GreetingTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a connection with a good token may take to send its next whole request.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long the peer may take to read one response.</summary>
    public TimeSpan WriteTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The time-out of a request that names none.</summary>
    public TimeSpan DefaultRequestTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Longer time-outs in requests are cut to this.</summary>
    public TimeSpan MaxRequestTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Levels of nesting in a request; the protocol needs two.</summary>
    public int MaxJsonDepth { get; init; } = 4;
}
