using System;

namespace EnergyNode.Actors.Configuration;

/// <summary>A configuration that cannot be read. The message is one line: where, what is wrong, what to do.</summary>
public sealed class HoconException : Exception
{
    public HoconException(HoconOrigin origin, string problem)
        : base($"{origin}: {problem}")
    {
        Origin = origin;
        Problem = problem;
    }

    public HoconOrigin Origin { get; }

    /// <summary>The message without its place.</summary>
    public string Problem { get; }
}
