namespace EnergyNode.Market.Metering;

/// <summary>
/// VEE-12: a plant without sun makes nothing. Dark is what the sun's height says where the site is known, else what the
/// meter's own days before and after say.
/// </summary>
internal static class NightRule
{
    /// <summary>Half an hour: clouds move dawn by as much.</summary>
    private const int Margin = 2;

    public static void Apply(MeterSeries series, Site? site)
    {
        if (site is null && !HasRhythm(series))
        {
            return;
        }

        for (int at = 0; at < series.Count; at++)
        {
            if (series.IsCredible(MeterSeries.Generation, at)
                && series.Value(MeterSeries.Generation, at) > VeeLimits.NightNoiseWattHours
                && (site is { } place ? IsDark(series, place, at) : IsUsuallyDark(series, at)))
            {
                series.Refute(MeterSeries.Generation, at);
                series.Report(
                    VeeRule.GenerationAtNight, at,
                    $"generation {series.Value(MeterSeries.Generation, at)} Wh "
                    + (site is null ? "at a time without any on the days around" : "with the sun below the horizon"));
            }
        }
    }

    /// <summary>The sun is down at both ends; away from the poles it is not up for minutes only.</summary>
    private static bool IsDark(MeterSeries series, Site site, int at) =>
        SunElevation.MicroDegrees(site, series.StartOf(at)) < VeeLimits.DarkElevationMicroDegrees
        && SunElevation.MicroDegrees(site, series.StartOf(at + 1)) < VeeLimits.DarkElevationMicroDegrees;

    private static bool IsUsuallyDark(MeterSeries series, int at)
    {
        int known = 0;
        int bright = 0;
        for (int day = -VeeLimits.DarkHistoryDays; day <= VeeLimits.DarkHistoryDays; day++)
        {
            int other = at + (day * VeeLimits.IntervalsPerDay);
            if (day == 0 || other < Margin || other >= series.Count - Margin
                || !series.IsCredible(MeterSeries.Generation, other))
            {
                continue;
            }

            known++;
            bright += IsBright(series, other) ? 1 : 0;
        }

        return known >= VeeLimits.DarkMinDays && bright * VeeLimits.DarkOneIn <= known;
    }

    /// <summary>The sun does not shine for one quarter of an hour alone: a single value is no light.</summary>
    private static bool IsBright(MeterSeries series, int around)
    {
        int lit = 0;
        for (int at = around - Margin; at <= around + Margin; at++)
        {
            lit += HasLight(series, at) ? 1 : 0;
        }

        return lit >= 2;
    }

    /// <summary>A plant that hardly makes anything does not show when it is day.</summary>
    private static bool HasRhythm(MeterSeries series)
    {
        int lit = 0;
        for (int at = 0; at < series.Count; at++)
        {
            lit += HasLight(series, at) ? 1 : 0;
        }

        return lit * VeeLimits.LitOneIn >= series.Count;
    }

    private static bool HasLight(MeterSeries series, int at) =>
        series.Has(at) && series.Value(MeterSeries.Generation, at) > VeeLimits.NightNoiseWattHours;
}
