using System;
using System.Net;

namespace EnergyNode.Node.Oracle;

/// <summary>Where a live oracle takes its readings from.</summary>
internal sealed record ServeOptions
{
    /// <summary>The directory of the keys.</summary>
    public required string Keys { get; init; }

    /// <summary>The gateway's account.</summary>
    public required string Gateway { get; init; }

    /// <summary>A loopback address and port; null for no HTTP.</summary>
    public IPEndPoint? Http { get; init; }

    /// <summary>The file of the token for HTTP.</summary>
    public string TokenFile { get; init; } = "";

    /// <summary>The broker; null for no queue.</summary>
    public Uri? Broker { get; init; }

    /// <summary>The queue's name.</summary>
    public string Queue { get; init; } = "";

    /// <summary>1 … <see cref="OracleLimits.MaxPrefetch"/>.</summary>
    public int Prefetch { get; init; } = 256;

    /// <summary>1 … <see cref="OracleLimits.MaxGraceSeconds"/>.</summary>
    public int GraceSeconds { get; init; } = 60;
}
