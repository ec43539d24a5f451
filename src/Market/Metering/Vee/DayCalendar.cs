using System;
using System.Collections.Generic;
using EnergyNode.Ledger;

namespace EnergyNode.Market.Metering;

/// <summary>VEE-17: which local day an interval lies in, and of what type the day is.</summary>
public sealed class DayCalendar
{
    private const int SecondsPerDay = 86_400;
    private const int MaxOffsetMinutes = 14 * 60;

    /// <summary>1970-01-01, day 0, was a Thursday; with Monday as 0 that is 3.</summary>
    private const int WeekdayOfDayZero = 3;

    private const int Saturday = 5;

    private readonly long _offsetSeconds;
    private readonly HashSet<long> _holidays;

    /// <param name="utcOffsetMinutes">
    /// Local time − UTC, −14 h to 14 h in quarters of an hour; no change in summer: a series across a change has one
    /// hour of the night beside its place.
    /// </param>
    /// <param name="holidays">Local days, counted from 1970-01-01; at most <see cref="VeeLimits.MaxHolidays"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The offset or the number of holidays is out of range.</exception>
    public DayCalendar(int utcOffsetMinutes, IReadOnlyCollection<long> holidays)
    {
        if (Math.Abs((long)utcOffsetMinutes) > MaxOffsetMinutes || utcOffsetMinutes % 15 != 0)
        {
            throw new ArgumentOutOfRangeException(
                nameof(utcOffsetMinutes), "The offset is −840 to 840 minutes in quarters of an hour.");
        }

        ArgumentOutOfRangeException.ThrowIfGreaterThan(holidays.Count, VeeLimits.MaxHolidays);
        _offsetSeconds = utcOffsetMinutes * 60L;
        _holidays = [.. holidays];
    }

    /// <summary>UTC, without holidays.</summary>
    public static DayCalendar Utc { get; } = new(0, []);

    /// <summary>Local days since 1970-01-01.</summary>
    public long DayOf(Instant instant) => FloorDivide(instant.Seconds + _offsetSeconds, SecondsPerDay);

    public DayType TypeOf(long day) =>
        _holidays.Contains(day) ? DayType.Holiday
        : (((day + WeekdayOfDayZero) % 7) + 7) % 7 >= Saturday ? DayType.Weekend
        : DayType.Weekday;

    private static long FloorDivide(long value, long by) => (value / by) - (value % by < 0 ? 1 : 0);
}
