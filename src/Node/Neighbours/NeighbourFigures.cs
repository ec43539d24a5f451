using System.Collections.Generic;
using System.Linq;

namespace EnergyNode.Node.Neighbours;

/// <summary>What became of a neighbourhood.</summary>
/// <param name="Quarters">Every epoch, in order.</param>
internal sealed record NeighbourFigures(Neighbourhood Neighbourhood, IReadOnlyList<QuarterFigures> Quarters)
{
    private const int QuartersPerHour = 4;

    /// <summary>Every hour by the clock that was begun.</summary>
    public IReadOnlyList<HourFigures> Hours =>
    [
        .. Quarters.GroupBy(quarter => quarter.Moment.Start.Seconds / 3_600)
            .Select(hour => new HourFigures([.. hour])),
    ];

    /// <summary>The hours of a day, each over all days; in the order in which the run came to them.</summary>
    public IReadOnlyList<HourFigures> Day =>
    [
        .. Quarters.GroupBy(quarter => quarter.Moment.QuarterOfDay / QuartersPerHour)
            .Select(hour => new HourFigures([.. hour])),
    ];

    public HourFigures Whole => new(Quarters);
}
