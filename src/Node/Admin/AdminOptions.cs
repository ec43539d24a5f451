using System;
using System.Net;

namespace EnergyNode.Node.Admin;

/// <summary>Where the admin port listens and how the node introduces itself on it.</summary>
public sealed record AdminOptions
{
    /// <summary>The address to bind; only loopback addresses unless <see cref="AllowRemote"/> is set.</summary>
    public IPAddress Host { get; init; } = IPAddress.Loopback;

    /// <summary>0 takes any free port, to be found through the discovery file.</summary>
    public int Port { get; init; } = 9110;

    /// <summary>Permits an address that other machines can reach. The protocol is not encrypted.</summary>
    public bool AllowRemote { get; init; }

    /// <summary>The node's name, part of every response.</summary>
    public required string NodeName { get; init; }

    /// <summary>The chain's id, part of the discovery file.</summary>
    public required string Chain { get; init; }

    /// <summary>The last applied height, part of every response; must not block.</summary>
    public Func<long>? CurrentHeight { get; init; }

    /// <summary>Told of exceptions in handlers (the command, the exception).</summary>
    public Action<string, Exception>? OnFault { get; init; }

    /// <summary>The directory of discovery files; null takes the user's own.</summary>
    public string? RuntimeDirectory { get; init; }

    public AdminLimits Limits { get; init; } = new();
}
