using System;
using EnergyNode.Ledger;

namespace EnergyNode.Node.Demo;

/// <summary>Bounds and amounts of the demo, with their reasons.</summary>
public static class DemoLimits
{
    /// <summary>The span of the longest file of readings.</summary>
    public const int MaxDays = 367;

    /// <summary>1,000 currency units: a home's electricity for most of a year.</summary>
    public static readonly Money HomeDeposit = new(1_000_000_000);

    /// <summary>10,000 currency units.</summary>
    public static readonly Money UtilityDeposit = new(10_000_000_000);

    /// <summary>The highest reading of a file times this is the rating of a derived meter list.</summary>
    public const long DerivedRatingFactor = 4;

    /// <summary>A validator that does not stop by itself is killed.</summary>
    public static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(5);

    /// <summary>How long a killed validator stays down.</summary>
    public static readonly TimeSpan RestartAfter = TimeSpan.FromSeconds(5);

    /// <summary>
    /// For all validators to report one height and state root when the last batch is final: a restarted one fetches the
    /// blocks that it missed first.
    /// </summary>
    public static readonly TimeSpan SettleTimeout = TimeSpan.FromSeconds(60);

    /// <summary>Between two looks at the validators.</summary>
    public static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(500);

    /// <summary>Between two lines of progress where there is no terminal.</summary>
    public static readonly TimeSpan LineInterval = TimeSpan.FromSeconds(5);

    /// <summary>Last lines of output kept for the report of a validator that stopped: its error is one of them.</summary>
    public const int KeptLines = 3;

    /// <summary>For all validators to listen; four processes on two busy cores take some seconds.</summary>
    public static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(20);
}
