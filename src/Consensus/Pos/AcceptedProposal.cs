namespace EnergyNode.Consensus.Pos;

/// <summary>The proposal of the round in progress.</summary>
/// <param name="Signed">Its proposer's signed message, to be relayed; null when it is this node's own.</param>
internal sealed record AcceptedProposal(ConsensusMessage.Proposal Message, SignedMessage? Signed);
