namespace EnergyNode.Consensus.Pbft;

/// <summary>The proposal of the current view.</summary>
/// <param name="Signed">Its leader's signed message, to be relayed; null when it is this node's own.</param>
internal sealed record AcceptedProposal(ConsensusMessage.PrePrepare Message, SignedMessage? Signed);
