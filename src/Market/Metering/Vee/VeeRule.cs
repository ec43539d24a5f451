namespace EnergyNode.Market.Metering;

/// <summary>What the validation of a meter's series can find. Thresholds: <see cref="VeeLimits"/>.</summary>
public enum VeeRule : byte
{
    /// <summary>VEE-1: an interval without a reading.</summary>
    Gap = 1,

    /// <summary>VEE-2: a second reading of an interval.</summary>
    Duplicate = 2,

    /// <summary>VEE-3: a reading that arrives after one of a later interval.</summary>
    OutOfOrder = 3,

    /// <summary>VEE-4: an energy below zero.</summary>
    Negative = 4,

    /// <summary>VEE-5: more consumption than the connection carries.</summary>
    AboveRating = 5,

    /// <summary>VEE-6: more generation than the plant can make.</summary>
    AboveNameplate = 6,

    /// <summary>VEE-7: a value far above everything around it.</summary>
    Spike = 7,

    /// <summary>VEE-8: the same value for hours.</summary>
    StuckValue = 8,

    /// <summary>VEE-9: no consumption for hours.</summary>
    ZeroRun = 9,

    /// <summary>VEE-10: the intervals do not add up to what the register counted.</summary>
    RegisterMismatch = 10,

    /// <summary>VEE-11: a time stamp off the quarter of an hour.</summary>
    ClockDrift = 11,

    /// <summary>VEE-12: generation in the dark.</summary>
    GenerationAtNight = 12,

    /// <summary>VEE-13: consumption often exactly zero while the plant produces.</summary>
    ClippedLoad = 13,

    /// <summary>VEE-14: import and export are not the parts of consumption − generation.</summary>
    ImportExportMismatch = 14,
}
