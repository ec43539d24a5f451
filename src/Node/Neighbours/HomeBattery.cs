using System;

namespace EnergyNode.Node.Neighbours;

/// <summary>
/// A home battery in whole Wh at its terminals. It stores 361 units for each Wh that it takes and needs 400 for each
/// that it gives, so that 90.25 % of the energy comes back (95 % each way) and nothing is rounded: taken × 361 − given
/// × 400 is always what is stored.
/// </summary>
internal sealed class HomeBattery(long capacityWh, long powerWh)
{
    /// <summary>Stored for one Wh taken.</summary>
    public const long UnitsIn = 361;

    /// <summary>Needed for one Wh given; a stored Wh is the mean of both ways, 380 units.</summary>
    public const long UnitsOut = 400;

    private const long UnitsPerWh = 380;

    /// <summary>In units.</summary>
    public long Stored { get; private set; }

    /// <summary>What is stored, in Wh inside of the battery, rounded down.</summary>
    public long StoredWh => Stored / UnitsPerWh;

    /// <summary>What it can give at its terminals in all.</summary>
    public long AvailableWh => Stored / UnitsOut;

    /// <summary>What it can still take at its terminals in all.</summary>
    public long RoomWh => ((capacityWh * UnitsPerWh) - Stored) / UnitsIn;

    /// <summary>The most that it takes or gives in a quarter of an hour.</summary>
    public long PowerWh => powerWh;

    /// <param name="offeredWh">From 0.</param>
    /// <returns>What was taken of it.</returns>
    public long Charge(long offeredWh)
    {
        long taken = Math.Min(Math.Min(offeredWh, powerWh), RoomWh);
        Stored += taken * UnitsIn;
        return taken;
    }

    /// <param name="wantedWh">From 0.</param>
    /// <returns>What was given of it.</returns>
    public long Discharge(long wantedWh)
    {
        long given = Math.Min(Math.Min(wantedWh, powerWh), AvailableWh);
        Stored -= given * UnitsOut;
        return given;
    }
}
