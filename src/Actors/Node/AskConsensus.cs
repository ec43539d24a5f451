namespace EnergyNode.Actors.Node;

/// <summary>To the consensus actor; answered with <see cref="ConsensusReport"/>.</summary>
public sealed record AskConsensus;
