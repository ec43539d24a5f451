using System.Collections.Generic;

namespace EnergyNode.Market.Metering;

/// <summary>What the rules need to know beside a meter's samples.</summary>
public sealed record VeeSettings
{
    /// <summary>Where the plants stand; null to learn from each meter's own days when it is dark (VEE-12).</summary>
    public Site? Site { get; init; }

    public DayCalendar Calendar { get; init; } = DayCalendar.Utc;

    /// <summary>At most <see cref="VeeLimits.MaxEdits"/>; a later one of the same interval wins.</summary>
    public IReadOnlyList<ManualEdit> Edits { get; init; } = [];
}
