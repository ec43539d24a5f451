namespace EnergyNode.Actors.Node;

/// <summary>How much waits in a node's mempool.</summary>
public sealed record MempoolStatus(int Batches, long Bytes);
