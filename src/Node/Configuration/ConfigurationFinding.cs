using EnergyNode.Actors.Configuration;

namespace EnergyNode.Node.Configuration;

/// <summary>Something that is wrong or worth knowing.</summary>
/// <param name="IsError">Whether the node refuses to start with it.</param>
/// <param name="Origin">Where it was written.</param>
/// <param name="Message">One line: what is wrong; what to do.</param>
public sealed record ConfigurationFinding(bool IsError, HoconOrigin Origin, string Message)
{
    public override string ToString() => $"{Origin}: {(IsError ? "" : "warning: ")}{Message}";
}
