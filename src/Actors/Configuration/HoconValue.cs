using System.Collections.Generic;

namespace EnergyNode.Actors.Configuration;

/// <summary>A value: <see cref="HoconObject"/>, <see cref="HoconArray"/> or <see cref="HoconScalar"/>.</summary>
public abstract class HoconValue
{
    private protected HoconValue(HoconOrigin origin, int depth, long count)
    {
        Origin = origin;
        Depth = depth;
        Count = count;
        if (depth > ConfigurationLimits.MaxDepth)
        {
            throw new HoconException(
                origin,
                $"the value is nested deeper than {ConfigurationLimits.MaxDepth} levels; make it flatter");
        }

        if (count > ConfigurationLimits.MaxValues)
        {
            throw new HoconException(
                origin,
                $"substitution makes more than {ConfigurationLimits.MaxValues} values; repeat less");
        }
    }

    /// <summary>Where the value was written.</summary>
    public HoconOrigin Origin { get; }

    /// <summary>1 for a scalar, one more than its deepest child otherwise.</summary>
    internal int Depth { get; }

    /// <summary>Scalars, arrays and objects in this value, itself included.</summary>
    internal long Count { get; }

    /// <summary>What the value is, for messages: <c>"abc"</c>, <c>an object</c>, <c>a list</c>, <c>null</c>.</summary>
    public abstract string Describe();

    private protected static int DepthOf(IEnumerable<HoconValue> children)
    {
        int deepest = 0;
        foreach (HoconValue child in children)
        {
            deepest = child.Depth > deepest ? child.Depth : deepest;
        }

        return deepest + 1;
    }

    private protected static long CountOf(IEnumerable<HoconValue> children)
    {
        long count = 1;
        foreach (HoconValue child in children)
        {
            count += child.Count;
        }

        return count;
    }
}
