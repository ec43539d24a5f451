using System.Collections.Generic;
using EnergyNode.Ledger;

namespace EnergyNode.Simulation;

/// <summary>What came of one simulation.</summary>
/// <param name="Height">Blocks decided.</param>
/// <param name="Epochs">Epochs closed.</param>
/// <param name="StateRoot">After the last block.</param>
/// <param name="TraceHash">Digest of who did what when, and of every frame: equal for equal runs.</param>
/// <param name="VirtualTime">From start to end.</param>
/// <param name="RecoveryTime">From healing until everything was done; null when it never was.</param>
/// <param name="DecidedAt">When each height was first decided by a node, since the start.</param>
/// <param name="Frames">Frames handed to the network.</param>
/// <param name="Lost">Frames that did not arrive.</param>
/// <param name="Steps">Messages and timers run.</param>
public sealed record SimulationReport(
    ulong Seed,
    string Protocol,
    int Validators,
    Height Height,
    long Epochs,
    Hash32 StateRoot,
    IReadOnlyList<Violation> Violations,
    ulong TraceHash,
    Duration VirtualTime,
    Duration? RecoveryTime,
    IReadOnlyList<Duration> DecidedAt,
    long Frames,
    long Lost,
    int Crashes,
    long Steps)
{
    /// <summary>Who lied and how.</summary>
    public IReadOnlyList<LiarPlan> Liars { get; init; } = [];

    /// <summary>Blocks decided in the second half of the time before healing: what liars leave of the throughput.
    /// </summary>
    public long LateBlocks { get; init; }

    /// <summary>Commands in those blocks.</summary>
    public long LateCommands { get; init; }

    /// <summary>Nodes under proof of work that stopped with the report that what they held as final is not on the
    /// heaviest chain: a broken finality that was noticed. The run ends with it.</summary>
    public int DetectedForks { get; init; }

    /// <summary>For each healing of the network in the timeline, how the nodes came together again.</summary>
    public IReadOnlyList<LevelReport> Levels { get; init; } = [];

    /// <summary>Nodes that stopped by themselves since their disk was broken: as they should.</summary>
    public int LoudStops { get; init; }

    /// <summary>How often another set took over.</summary>
    public int SetChanges { get; init; }

    /// <summary>How often another protocol took over.</summary>
    public int ProtocolChanges { get; init; }

    /// <summary>The validators of the next height, in the order of their set.</summary>
    public IReadOnlyList<string> LastSet { get; init; } = [];

    /// <summary>What liars lost of their stakes.</summary>
    public Money Slashed { get; init; }

    /// <summary>What the sentinels found and did.</summary>
    public EvidenceReport Evidence { get; init; } = EvidenceReport.None;

    /// <summary>0 all promises kept, 1 safety broken, 3 only liveness broken.</summary>
    public int ExitCode
    {
        get
        {
            int code = SimulationExit.Pass;
            foreach (Violation violation in Violations)
            {
                if (violation.IsSafety)
                {
                    return SimulationExit.Safety;
                }

                code = SimulationExit.Liveness;
            }

            return code;
        }
    }
}
