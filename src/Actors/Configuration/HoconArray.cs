using System.Collections.Generic;

namespace EnergyNode.Actors.Configuration;

/// <summary>A list of values in the order in which they were written.</summary>
public sealed class HoconArray : HoconValue
{
    public HoconArray(IReadOnlyList<HoconValue> items, HoconOrigin origin)
        : base(origin, DepthOf(items), CountOf(items)) => Items = items;

    public IReadOnlyList<HoconValue> Items { get; }

    public override string Describe() => "a list";
}
