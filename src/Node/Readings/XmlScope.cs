namespace EnergyNode.Node.Readings;

/// <summary>An element whose children are being read.</summary>
/// <param name="Depth">Elements around it.</param>
/// <param name="IsEmpty">It has no content at all.</param>
internal readonly record struct XmlScope(int Depth, bool IsEmpty);
