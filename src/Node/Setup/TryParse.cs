namespace EnergyNode.Node.Setup;

/// <summary>Reads a value from its text form.</summary>
internal delegate bool TryParse<T>(string text, out T value);
