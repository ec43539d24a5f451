using System;

namespace EnergyNode.Pbm;

/// <summary>Every bound of the client. One answer of 16 MiB is twice what a node sends, and is held once as bytes and
/// once as values: some 100 MiB at the very most.</summary>
internal sealed record PbmLimits
{
    /// <summary>Bytes of one answer, its line feed not counted.</summary>
    public int MaxAnswerBytes { get; init; } = 16 * 1024 * 1024;

    public int MaxColumns { get; init; } = 256;

    /// <summary>Levels of nesting in an answer; the protocol needs six.</summary>
    public int MaxJsonDepth { get; init; } = 8;

    /// <summary>Bytes of a discovery or token file.</summary>
    public int MaxFileBytes { get; init; } = 4096;

    /// <summary>Discovery files looked at in one directory.</summary>
    public int MaxDiscoveryFiles { get; init; } = 256;

    public TimeSpan MaxTimeout { get; init; } = TimeSpan.FromHours(24);

    /// <summary>The part of the time-out that the node gets; the rest is for its answer's way back.</summary>
    public int NodeShareOfTimeoutPercent { get; init; } = 90;

    /// <summary>The time between two questions of <c>cluster wait</c>.</summary>
    public TimeSpan WaitInterval { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How long one question of <c>cluster wait</c> may take before it is asked anew.</summary>
    public TimeSpan WaitAttemptTimeout { get; init; } = TimeSpan.FromSeconds(5);
}
