namespace EnergyNode.Pbm;

/// <summary>A running node as its discovery file describes it.</summary>
internal sealed record DiscoveredNode(NodeEndpoint Endpoint, string Token, string Node, string Chain);
