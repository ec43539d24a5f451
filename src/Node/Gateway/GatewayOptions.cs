using System;
using EnergyNode.Ledger;

namespace EnergyNode.Node.Gateway;

/// <summary>How a gateway behaves. Defaults and their reasons: <see cref="GatewayLimits"/>.</summary>
public sealed record GatewayOptions
{
    public required ChainId Chain { get; init; }

    public int MaxInFlight { get; init; } = GatewayLimits.MaxInFlight;

    public long MaxBytesInFlight { get; init; } = GatewayLimits.MaxBytesInFlight;

    public TimeSpan ResendAfter { get; init; } = GatewayLimits.ResendAfter;

    public TimeSpan AskAfter { get; init; } = GatewayLimits.AskAfter;

    public TimeSpan RetryAfter { get; init; } = GatewayLimits.RetryAfter;

    public TimeSpan StallTimeout { get; init; } = GatewayLimits.StallTimeout;

    /// <summary>Whether a rejected command is no error to the gateway. By default every one is.</summary>
    public Func<Command, LedgerError, bool> Tolerates { get; init; } = static (_, _) => false;
}
