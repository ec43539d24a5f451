using System;
using System.Collections.Generic;
using System.Linq;
using EnergyNode.Ledger;

namespace EnergyNode.Market.Certificates;

/// <summary>
/// An account's consumption against the certificates that were retired for it, by the hour, from the ledger alone.
/// </summary>
/// <param name="From">The first epoch.</param>
/// <param name="To">The last one.</param>
/// <param name="Hours">Every hour in which one of the epochs begins, in order.</param>
public sealed record MatchingReport(
    AccountId Account, EpochIndex From, EpochIndex To, IReadOnlyList<MatchedHour> Hours)
{
    private const int Million = 1_000_000;

    public WattHours Consumption => Sum(static hour => hour.Consumption);

    public WattHours Retired => Sum(static hour => hour.Retired);

    public WattHours Matched => Sum(static hour => hour.Matched);

    public WattHours Unmatched => Consumption - Matched;

    public int Unread => Hours.Sum(static hour => hour.Unread);

    public Int128 AvoidedMicrograms => Hours.Aggregate(Int128.Zero, static (sum, hour) => sum + hour.AvoidedMicrograms);

    public Int128 ResidualMicrograms =>
        Hours.Aggregate(Int128.Zero, static (sum, hour) => sum + hour.ResidualMicrograms);

    /// <summary>Matched consumption in millionths, rounded down; null when nothing was consumed (REC-9).</summary>
    public int? ScorePpm => PartOf(Matched);

    /// <summary>What the same certificates would give if hours did not count (REC-9).</summary>
    public int? VolumePpm => PartOf(WattHours.Min(Retired, Consumption));

    /// <param name="missing">The first hour with consumption that the schedule leaves out, else null.</param>
    /// <returns>The same with the carbon of each hour (REC-10).</returns>
    public MatchingReport With(CarbonSchedule carbon, out Instant? missing)
    {
        MatchingReport report = this with
        {
            Hours = [.. Hours.Select(hour => hour with { CarbonMilligramsPerKwh = carbon.At(hour.Start) })],
        };
        missing = report.Hours
            .FirstOrDefault(static hour => hour.Consumption > WattHours.Zero && hour.CarbonMilligramsPerKwh is null)
            ?.Start;
        return report;
    }

    private int? PartOf(WattHours part) =>
        Consumption == WattHours.Zero ? null : (int)((Int128)part.Wh * Million / Consumption.Wh);

    private WattHours Sum(Func<MatchedHour, WattHours> part) =>
        Hours.Aggregate(WattHours.Zero, (sum, hour) => sum + part(hour));
}
