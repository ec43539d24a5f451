using System.Collections.Generic;
using System.Globalization;
using EnergyNode.Ledger;
using EnergyNode.Simulation;

namespace EnergyNode.Chaos;

/// <summary>What a scenario expects beyond the promises that always hold.</summary>
internal abstract record Expectation
{
    private Expectation()
    {
    }

    /// <summary>The cluster must get on meanwhile: at least one block is decided. Else it is not live.</summary>
    public sealed record BlockBetween(Duration From, Duration To) : Expectation;

    /// <summary>Nobody may decide meanwhile: there is no quorum. Else safety is broken.</summary>
    public sealed record NoBlockBetween(Duration From, Duration To) : Expectation;

    /// <summary>So many blocks at the end, at least. Else it is not live.</summary>
    public sealed record BlocksAtLeast(long Blocks) : Expectation;

    /// <summary>So many offences proved on the ledger, at least.</summary>
    public sealed record EvidenceAtLeast(int Offences) : Expectation;

    /// <summary>Validators that are accused and never lied, at most. Else safety is broken.</summary>
    public sealed record FalseAccusations(int Most) : Expectation;

    /// <summary>Somebody is accused, each at most so long after honest validators held the proof between them.
    /// </summary>
    public sealed record DetectedWithin(Duration Longest) : Expectation;

    /// <summary>Somebody is cut off, each at most so long after a node executed the proof.</summary>
    public sealed record IsolatedWithin(Duration Longest) : Expectation;

    /// <summary>Some evidence is committed, each by at most so many blocks of honest proposers who held it.</summary>
    public sealed record CommittedWithinRounds(int Most) : Expectation;

    /// <summary>Whenever the network is healed a new block is decided, and all honest nodes have it, at most so long
    /// after.</summary>
    public sealed record LevelWithin(Duration Longest) : Expectation;

    /// <summary>Under proof of work: so many nodes noticed that what they held as final is not.</summary>
    public sealed record DetectedForksAtLeast(int Nodes) : Expectation;

    /// <summary>So many nodes stopped by themselves because of a broken disk.</summary>
    public sealed record LoudStopsAtLeast(int Nodes) : Expectation;

    /// <returns>Null when it is met.</returns>
    public Violation? Check(SimulationReport report) => this switch
    {
        BlockBetween e when Count(report.DecidedAt, e.From, e.To) == 0 => new Violation(
            ViolationKind.Liveness, e.To, $"no block was decided between {Seconds(e.From)} and {Seconds(e.To)} s"),
        NoBlockBetween e when Count(report.DecidedAt, e.From, e.To) is > 0 and int count => new Violation(
            ViolationKind.Agreement,
            e.To,
            $"{count} blocks were decided between {Seconds(e.From)} and {Seconds(e.To)} s, without a quorum"),
        BlocksAtLeast e when report.Height.Value < e.Blocks => new Violation(
            ViolationKind.Liveness, report.VirtualTime, $"only {report.Height} blocks, {e.Blocks} were expected"),
        EvidenceAtLeast e when report.Evidence.Committed < e.Offences => Late(
            report, $"only {report.Evidence.Committed} offences were proved, {e.Offences} were expected"),
        FalseAccusations e when report.Evidence.FalseAccusations > e.Most => new Violation(
            ViolationKind.FalseAccusation,
            report.VirtualTime,
            $"{report.Evidence.FalseAccusations} false accusations"),
        DetectedWithin e => Within(report, "accused", report.Evidence.MaxDetection, e.Longest),
        IsolatedWithin e => Within(report, "cut off", report.Evidence.MaxIsolation, e.Longest),
        CommittedWithinRounds { Most: var most } => report.Evidence.MaxCommitRounds is not { } rounds
            ? Late(report, "no evidence was committed")
            : rounds > most ? Late(
                report, $"evidence was committed after {rounds} honest proposers who held it, {most} were expected")
            : null,
        LevelWithin e => Level(report, e.Longest),
        DetectedForksAtLeast e when report.DetectedForks < e.Nodes => Late(
            report, $"only {report.DetectedForks} nodes noticed a fork, {e.Nodes} were expected"),
        LoudStopsAtLeast e when report.LoudStops < e.Nodes => Late(
            report, $"only {report.LoudStops} nodes stopped for their disks, {e.Nodes} were expected"),
        _ => null,
    };

    private static Violation? Within(SimulationReport report, string what, Duration? took, Duration longest) =>
        took is not { } time ? Late(report, $"nobody was {what}")
        : time.Micros > longest.Micros ? Late(
            report, $"a liar was {what} after {Seconds(time)} s, {Seconds(longest)} s were expected")
        : null;

    private static Violation? Level(SimulationReport report, Duration longest)
    {
        foreach (LevelReport level in report.Levels)
        {
            string healed = $"after the network was healed at {Seconds(level.HealedAt)} s";
            if (level.Took is not { } took)
            {
                return Late(report, $"the nodes were never at one new height {healed}");
            }

            if (took.Micros > longest.Micros)
            {
                return Late(
                    report,
                    $"the nodes were at one new height {Seconds(took)} s {healed}, {Seconds(longest)} s were expected");
            }
        }

        return report.Levels.Count > 0 ? null : Late(report, "the network was never healed");
    }

    private static Violation Late(SimulationReport report, string text) =>
        new(ViolationKind.Liveness, report.VirtualTime, text);

    private static int Count(IReadOnlyList<Duration> times, Duration from, Duration to)
    {
        int count = 0;
        foreach (Duration time in times)
        {
            count += time.Micros >= from.Micros && time.Micros <= to.Micros ? 1 : 0;
        }

        return count;
    }

    private static string Seconds(Duration duration) =>
        ReportJson.Seconds(duration).ToString("0.###", CultureInfo.InvariantCulture);
}
