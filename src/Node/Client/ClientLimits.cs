using System;
using EnergyNode.Ledger;

namespace EnergyNode.Node.Client;

/// <summary>Every bound of commands that people type, with the arithmetic behind it.</summary>
internal static class ClientLimits
{
    /// <summary>How long validators may take to be connected with: a handshake takes less than a second.</summary>
    public static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);

    /// <summary>How often it is looked whether they are.</summary>
    public static readonly TimeSpan ConnectPause = TimeSpan.FromMilliseconds(20);

    /// <summary>
    /// How long a command may wait for its block: longer than the 80 s after which the gateway gives up, and short
    /// enough that nothing happens when its author has gone home.
    /// </summary>
    public static readonly Duration Validity = Duration.FromSeconds(120);

    /// <summary>
    /// The time lock of a proposal counts from the block that has it, which is later than the clock that it was typed
    /// by: so much is added, for two clocks and a change of view.
    /// </summary>
    public static readonly Duration LockMargin = Duration.FromSeconds(60);

    /// <summary>A file of one order book has some 300 bytes.</summary>
    public const int MaxBookFileBytes = 65_536;
}
