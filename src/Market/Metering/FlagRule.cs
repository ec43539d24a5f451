namespace EnergyNode.Market.Metering;

/// <summary>What looks wrong with readings that are released all the same.</summary>
public enum FlagRule : byte
{
    /// <summary>METER-7: a home used nothing at all for hours: the meter, or its link, probably failed.</summary>
    ZeroRun = 0,

    /// <summary>
    /// METER-8: load often reads exactly zero while the plant produces: probably a net value cut off at zero.
    /// </summary>
    ClippedLoad = 1,

    /// <summary>
    /// METER-9: import and export are not the positive parts of the difference of consumption and generation.
    /// </summary>
    ImportExportMismatch = 2,
}
