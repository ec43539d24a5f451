namespace EnergyNode.Market.Metering;

/// <summary>
/// The thresholds of the VEE rules, with the reason for each. They come from the physics of the meter or from published
/// practice; docs/spec/vee.md says which faults lie below them and stay unseen.
/// </summary>
public static class VeeLimits
{
    /// <summary>VEE-7: a spike is more than 2.8 times (28 tenths) the third-highest value around it.</summary>
    public const long SpikeTenths = 28;

    /// <summary>VEE-7: the neighbourhood on each side: half a day, so that it always holds a whole day.</summary>
    public const int SpikeReach = 48;

    /// <summary>VEE-7: fewer known neighbours are no basis: a quarter of a day.</summary>
    public const int SpikeNeighbours = 24;

    /// <summary>VEE-7: 800 W for a quarter of an hour; below it a kettle in an empty home would be one.</summary>
    public const long SpikeMinWattHours = 200;

    /// <summary>VEE-8: four hours of one consumption to the Wh; a fridge alone changes it every half-hour.</summary>
    public const int StuckConsumptionIntervals = 16;

    /// <summary>VEE-8: an hour and a half of one generation; the sun moves 22 degrees in it.</summary>
    public const int StuckGenerationIntervals = 6;

    /// <summary>VEE-8: below 80 W generation rounds to equal values at dawn and in fog.</summary>
    public const long StuckMinGenerationWattHours = 20;

    /// <summary>VEE-8: at 95 % of the nameplate and more an inverter holds its power by itself.</summary>
    public const long InverterLimitPercent = 95;

    /// <summary>VEE-9: six hours, as METER-7: a fridge alone breaks it.</summary>
    public const int ZeroRunIntervals = MeterTrack.ZeroRunIntervals;

    /// <summary>VEE-10: a register is cut off to whole Wh where it is read, once at each end.</summary>
    public const long RegisterToleranceWattHours = 2;

    /// <summary>VEE-11: 3 % of a quarter of an hour, what metering rules allow a meter's clock.</summary>
    public const long ClockToleranceSeconds = 27;

    /// <summary>VEE-12: 8 W, the noise of a current transformer.</summary>
    public const long NightNoiseWattHours = 2;

    /// <summary>
    /// VEE-12: −1° in millionths: the sun's edge sets at −0.833° with refraction; the rest is the formula's error.
    /// </summary>
    public const long DarkElevationMicroDegrees = -1_000_000;

    /// <summary>VEE-12: days on each side to learn darkness from; dawn moves by 25 minutes in a week at most.</summary>
    public const int DarkHistoryDays = 7;

    /// <summary>VEE-12: fewer known days are no basis.</summary>
    public const int DarkMinDays = 5;

    /// <summary>VEE-12: at most a fifth of the days may be bright, so that one fault does not hide another.</summary>
    public const int DarkOneIn = 5;

    /// <summary>VEE-12: six hours a day must be lit to learn darkness; 55° north has seven in December.</summary>
    public const int LitOneIn = 4;

    /// <summary>VEE-16: two hours: the longest gap that is interpolated.</summary>
    public const int InterpolatedIntervals = 8;

    /// <summary>VEE-17: days averaged.</summary>
    public const int ReferenceDays = 3;

    /// <summary>VEE-17: how far away a reference day may be: eight weeks hold eight of each weekend day.</summary>
    public const int ReferenceReachDays = 56;

    /// <summary>Quarters of an hour in a day.</summary>
    public const int IntervalsPerDay = 96;

    /// <summary>Holidays of one calendar: 20 years with 20 each.</summary>
    public const int MaxHolidays = 400;

    /// <summary>Edits by hand in one run: a whole year of one meter.</summary>
    public const int MaxEdits = MeteringLimits.MaxIntervals;

    /// <summary>
    /// A register's count, 10¹² Wh: as long as a meter lives; differences and their products with an estimate
    /// (10¹² × 10⁹ × 10) are taken in 128 bits.
    /// </summary>
    public const long MaxRegisterWattHours = 1_000_000_000_000;
}
