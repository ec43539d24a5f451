namespace EnergyNode.Node.Neighbours;

/// <summary>Bounds and amounts of a synthetic neighbourhood, with their reasons.</summary>
public static class NeighbourLimits
{
    /// <summary>
    /// Homes in all. Each reading is a signature that four validators check at some 60 µs: 1,000 × 4 × 60 µs are a
    /// quarter of a second of one core for each epoch, half a minute for a day.
    /// </summary>
    public const int MaxHomes = 1_000;

    /// <summary>What is drawn when nobody names a seed.</summary>
    public const long DefaultSeed = 1;

    /// <summary>
    /// Every epoch is waited for, so that a day takes about as long as the fortnight of recorded homes.
    /// </summary>
    public const int DefaultDays = 1;

    /// <summary>800 readings of at most 157 bytes are 125,600 bytes, and a batch may have 131,072.</summary>
    public const int CommandsPerBatch = 800;

    /// <summary>Forward books trade the epoch one hour ahead: four quarters.</summary>
    public const int AheadEpochs = 4;

    /// <summary>12 kWh, a common home battery.</summary>
    public const long BatteryWh = 12_000;

    /// <summary>5 kW for a quarter of an hour.</summary>
    public const long BatteryPowerWh = 1_250;

    /// <summary>7.2 kW (32 A at 230 V) for a quarter of an hour.</summary>
    public const long ChargerPowerWh = 1_800;

    /// <summary>A drive of 20 km at 0.2 kWh each.</summary>
    public const int LeastDriveWh = 4_000;

    /// <summary>A drive of 80 km.</summary>
    public const int MostDriveWh = 16_000;

    /// <summary>
    /// 15 kW: 985 Wh, the highest recorded generation of a quarter, times 1.4, and a battery's 1,250 Wh are 2,629 Wh
    /// of 3,750.
    /// </summary>
    public const long ExportRatingW = 15_000;

    /// <summary>
    /// Four chargers' worth: a load of 1,831 Wh times 1.4, a charger and a battery are 5,613 Wh of 7,500.
    /// </summary>
    public const long ImportRatingW = 30_000;

    /// <summary>Smaller forward offers are not worth an order.</summary>
    public const long LeastForwardWh = 20;
}
