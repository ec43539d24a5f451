using System;
using EnergyNode.Ledger;

namespace EnergyNode.Node.Load;

/// <summary>Bounds and amounts of a load test, with their reasons.</summary>
public static class LoadLimits
{
    /// <summary>333 orders a second, a third of what one core can sign for.</summary>
    public const int DefaultOrdersPerMinute = 20_000;

    /// <summary>10,000 homes that report every minute, or 150,000 that report every quarter of an hour.</summary>
    public const int DefaultReadingsPerMinute = 10_000;

    /// <summary>
    /// Each is a signature that the load test makes and each validator checks: 60 µs, 17,000 a second.
    /// </summary>
    public const int MaxPerMinute = 600_000;

    /// <summary>One reading a second, so that epochs close within minutes.</summary>
    public const int MinReadingsPerMinute = 60;

    /// <summary>Ten minutes.</summary>
    public const int DefaultSeconds = 600;

    /// <summary>Shorter than this the start and the end of the measurement would count.</summary>
    public const int MinSeconds = 2;

    /// <summary>One day.</summary>
    public const int MaxSeconds = 86_400;

    /// <summary>The compiler at run time is done with the paths that count after some thousand batches.</summary>
    public const int DefaultWarmUpSeconds = 20;

    /// <summary>
    /// Meters and homes. At 10,000 readings a minute each reports every three seconds, once an epoch.
    /// </summary>
    public const int Meters = 500;

    /// <summary>
    /// The gateway gathers for so long and signs one batch: at the default rates 167 orders and 84 readings, some 25
    /// KB.
    /// </summary>
    public static readonly TimeSpan GatherTime = TimeSpan.FromMilliseconds(500);

    /// <summary>What a prosumer generates in an interval, offered in its asks.</summary>
    public const long GenerationWh = 3_000;

    /// <summary>What a consumer uses in an interval.</summary>
    public const long ConsumptionWh = 2_000;

    /// <summary>15 kW: 3,750 Wh in a quarter of an hour.</summary>
    public const long RatingW = 15_000;

    /// <summary>
    /// 100,000 currency units: a day of bids at 1 kWh and 0.14 each, two every three seconds, are 8,064.
    /// </summary>
    public static readonly Money Deposit = new(100_000_000_000);

    /// <summary>Orders for each reading; more would leave an ask without a whole Wh of the 3,000.</summary>
    public const int MaxOrdersPerReading = 1_000;

    /// <summary>For what is under way when the sending ends.</summary>
    public static readonly TimeSpan SettleTimeout = TimeSpan.FromSeconds(60);

    /// <summary>For the answer of an admin port.</summary>
    public static readonly TimeSpan ProbeTimeout = TimeSpan.FromSeconds(10);

    /// <summary>Of an answer of an admin port: the table has some ten rows.</summary>
    public const int MaxProbeBytes = 64 * 1024;

    /// <summary>In thousandths: what must be executed of what was asked for.</summary>
    public const int KeptPermille = 990;
}
