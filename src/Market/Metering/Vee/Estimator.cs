namespace EnergyNode.Market.Metering;

/// <summary>
/// Fills what is missing or refuted, energy by energy, after the California rules: VEE-16 to VEE-18. Measured values
/// are read and never changed.
/// </summary>
internal sealed class Estimator(MeterSeries series, DayCalendar calendar)
{
    private readonly long[][] _values = [new long[series.Count], new long[series.Count]];
    private readonly ReadingQuality[][] _qualities =
        [new ReadingQuality[series.Count], new ReadingQuality[series.Count]];

    /// <summary>Whether there is an estimate, which one, and of what quality.</summary>
    public bool TryGet(int channel, int interval, out long value, out ReadingQuality quality)
    {
        value = _values[channel][interval];
        quality = _qualities[channel][interval];
        return quality != ReadingQuality.Valid;
    }

    public void Run()
    {
        for (int channel = 0; channel < MeterSeries.Channels; channel++)
        {
            int at = 0;
            while (at < series.Count)
            {
                int end = at;
                while (end < series.Count && !series.IsCredible(channel, end))
                {
                    end++;
                }

                if (end > at)
                {
                    Fill(channel, at, end);
                }

                at = end + 1;
            }

            new RegisterShare(series, channel, _values[channel], _qualities[channel]).Run();
        }
    }

    private void Fill(int channel, int at, int end)
    {
        if (end - at <= VeeLimits.InterpolatedIntervals && at > 0 && end < series.Count)
        {
            Interpolate(channel, at, end);
            return;
        }

        for (int interval = at; interval < end; interval++)
        {
            AverageDays(channel, interval);
        }
    }

    /// <summary>VEE-16: on the line from the value before to the value after, to the nearest Wh, halves up.</summary>
    private void Interpolate(int channel, int at, int end)
    {
        long before = series.Value(channel, at - 1);
        long after = series.Value(channel, end);
        long steps = end - at + 1;
        for (int interval = at; interval < end; interval++)
        {
            long step = interval - at + 1;
            long scaled = (before * (steps - step)) + (after * step);
            Set(channel, interval, ((2 * scaled) + steps) / (2 * steps), ReadingQuality.Interpolated);
        }
    }

    /// <summary>
    /// VEE-17: the mean of the same quarter hour of the nearest days of the same type, the earlier one first; without
    /// any, of the nearest days.
    /// </summary>
    private void AverageDays(int channel, int interval)
    {
        DayType type = calendar.TypeOf(calendar.DayOf(series.StartOf(interval)));
        if (!TryAverage(channel, interval, type))
        {
            TryAverage(channel, interval, null);
        }
    }

    private bool TryAverage(int channel, int interval, DayType? type)
    {
        long sum = 0;
        int days = 0;
        for (int distance = 1; distance <= VeeLimits.ReferenceReachDays && days < VeeLimits.ReferenceDays; distance++)
        {
            for (int side = -1; side <= 1 && days < VeeLimits.ReferenceDays; side += 2)
            {
                int other = interval + (side * distance * VeeLimits.IntervalsPerDay);
                if (IsReference(channel, other, type))
                {
                    sum += series.Value(channel, other);
                    days++;
                }
            }
        }

        if (days == 0)
        {
            return false;
        }

        Set(channel, interval, ((2 * sum) + days) / (2 * days), ReadingQuality.ReferenceDay);
        return true;
    }

    /// <summary>What a rule doubts is no reference.</summary>
    private bool IsReference(int channel, int interval, DayType? type) =>
        interval >= 0 && interval < series.Count && series.IsCredible(channel, interval)
        && !series.IsDoubted(interval)
        && (type is null || calendar.TypeOf(calendar.DayOf(series.StartOf(interval))) == type);

    private void Set(int channel, int interval, long value, ReadingQuality quality)
    {
        _values[channel][interval] = value;
        _qualities[channel][interval] = quality;
    }
}
