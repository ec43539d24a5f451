using System;

namespace EnergyNode.Node.Oracle;

/// <summary>Every bound of the live oracle, with the arithmetic behind it.</summary>
internal static class OracleLimits
{
    /// <summary>Readings of one delivery: one of each meter of the largest fleet.</summary>
    public const int MaxDeliveryReadings = 4_096;

    /// <summary>Bytes of one delivery: 4,096 rows of 64 bytes, which is what a row of a home has at most.</summary>
    public const int MaxDeliveryBytes = 262_144;

    /// <summary>
    /// Readings of other epochs, and repetitions, that wait at once: 65,536 of about 250 bytes are 16 MiB. A reading of
    /// the open epoch always finds room, since there is at most one for each meter.
    /// </summary>
    public const int MaxWaiting = 65_536;

    /// <summary>How far a reading may be ahead of the ledger's open epoch: a week of quarter-hours.</summary>
    public const int MaxAheadEpochs = 672;

    /// <summary>
    /// Late readings that are looked up at once: each is a query to every validator, of a few ms, and all are of one
    /// height, so that 32 of them are done before the next block.
    /// </summary>
    public const int MaxLookUps = 32;

    /// <summary>Intervals before and after a reading that the rules see; VEE-7 looks at 48 of them.</summary>
    public const int ContextIntervals = 96;

    /// <summary>Refused readings that one answer names. All are counted.</summary>
    public const int MaxListedRefusals = 100;

    /// <summary>Connections to the endpoint at once, each with one body: 64 MiB of bodies at most.</summary>
    public const int MaxConnections = 256;

    /// <summary>Messages of the queue that are not acknowledged: 1,024 of 256 KiB are 256 MiB.</summary>
    public const int MaxPrefetch = 1_024;

    /// <summary>Seconds that an epoch may wait for meters: at most an hour, four epochs.</summary>
    public const int MaxGraceSeconds = 3_600;

    /// <summary>How far an interval may end in the future: what a good clock may be wrong by (VEE-11).</summary>
    public const int MaxFutureSeconds = 27;

    /// <summary>How long a request waits for the ledger: several view changes.</summary>
    public static readonly TimeSpan ConfirmTimeout = TimeSpan.FromSeconds(30);

    /// <summary>First wait before the ledger or the broker is tried again.</summary>
    public static readonly TimeSpan RetryMin = TimeSpan.FromMilliseconds(250);

    /// <summary>The back-off stops here: a broker that comes back is used within ten seconds.</summary>
    public static readonly TimeSpan RetryMax = TimeSpan.FromSeconds(10);

    /// <summary>How often a message that found no room is offered again.</summary>
    public static readonly TimeSpan RoomPause = TimeSpan.FromMilliseconds(100);
}
