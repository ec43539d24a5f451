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
        _ => null,
    };

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
