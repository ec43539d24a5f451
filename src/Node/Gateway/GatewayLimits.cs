using System;

namespace EnergyNode.Node.Gateway;

/// <summary>Every bound of a gateway, with the arithmetic behind it.</summary>
public static class GatewayLimits
{
    /// <summary>
    /// Batches that are not final yet. The ledger's nonce window and a node's quota for one signer are both 1,024;
    /// what is left of them is room for validators that are some blocks behind.
    /// </summary>
    public const int MaxInFlight = 900;

    /// <summary>Their bytes: a quarter of a mempool of 64 MiB, so that others find room as well.</summary>
    public const long MaxBytesInFlight = 16L * 1024 * 1024;

    /// <summary>Questions to one validator that are not answered yet.</summary>
    public const int MaxQuestions = 1_024;

    /// <summary>A batch that a validator did not answer at all goes to it again.</summary>
    public static readonly TimeSpan ResendAfter = TimeSpan.FromSeconds(10);

    /// <summary>A batch that waits in a mempool for so long is asked about.</summary>
    public static readonly TimeSpan AskAfter = TimeSpan.FromSeconds(30);

    /// <summary>After a refusal for want of room or readiness: a few blocks may have been made by then.</summary>
    public static readonly TimeSpan RetryAfter = TimeSpan.FromMilliseconds(250);

    /// <summary>A used nonce mostly means that the batch was executed before it came here: ask at once.</summary>
    public static readonly TimeSpan AskUsedNonceAfter = TimeSpan.FromMilliseconds(20);

    /// <summary>First wait before connecting again.</summary>
    public static readonly TimeSpan ReconnectMin = TimeSpan.FromMilliseconds(100);

    /// <summary>The back-off stops here: a validator that comes back is used within a second.</summary>
    public static readonly TimeSpan ReconnectMax = TimeSpan.FromSeconds(1);

    /// <summary>Without any batch becoming final for so long, the gateway gives up: ten capped view changes.</summary>
    public static readonly TimeSpan StallTimeout = TimeSpan.FromSeconds(80);

    /// <summary>For the answer to one question.</summary>
    public static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(5);

    /// <summary>For f + 1 equal answers at one height while blocks are being made.</summary>
    public static readonly TimeSpan QuorumTimeout = TimeSpan.FromSeconds(60);

    /// <summary>
    /// Homes of one market: each takes a reading of at most 157 bytes and an order of at most 68, so 500 of them,
    /// a tariff and a close stay below 1,024 commands and 128 KiB.
    /// </summary>
    public const int MaxHomes = 500;

    /// <summary>How long a batch may wait for its block: ten minutes less than the ledger allows.</summary>
    public const long ValiditySeconds = 50 * 60;
}
