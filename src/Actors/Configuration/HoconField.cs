namespace EnergyNode.Actors.Configuration;

/// <summary>One field of an object.</summary>
/// <param name="Name">One element of a path, without quotation marks.</param>
/// <param name="Origin">Where the key was last written.</param>
/// <param name="Value">The resolved value.</param>
public sealed record HoconField(string Name, HoconOrigin Origin, HoconValue Value);
