using System;

namespace EnergyNode.Market.Metering;

/// <summary>Where a plant stands.</summary>
public readonly record struct Site
{
    private const long MaxLatitude = 90_000_000;
    private const long MaxLongitude = 180_000_000;

    /// <param name="latitudeMicroDegrees">−90° to 90°, north positive, in millionths.</param>
    /// <param name="longitudeMicroDegrees">−180° to 180°, east positive, in millionths.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such place.</exception>
    public Site(long latitudeMicroDegrees, long longitudeMicroDegrees)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(latitudeMicroDegrees, -MaxLatitude);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(latitudeMicroDegrees, MaxLatitude);
        ArgumentOutOfRangeException.ThrowIfLessThan(longitudeMicroDegrees, -MaxLongitude);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(longitudeMicroDegrees, MaxLongitude);
        LatitudeMicroDegrees = latitudeMicroDegrees;
        LongitudeMicroDegrees = longitudeMicroDegrees;
    }

    public long LatitudeMicroDegrees { get; }

    public long LongitudeMicroDegrees { get; }
}
