namespace EnergyNode.Node.Oracle;

/// <summary>A message of a queue.</summary>
/// <param name="Tag">What to answer with, in its session.</param>
/// <param name="Body">As <see cref="DeliveryParser"/> reads it.</param>
internal readonly record struct QueuedMessage(ulong Tag, byte[] Body);
