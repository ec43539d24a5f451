using EnergyNode.Ledger;

namespace EnergyNode.Consensus.Pbft;

/// <summary>The block of one height in the view in progress.</summary>
/// <param name="Signed">
/// Its leader's signed message, to be relayed; null when it is this node's own or came with the new view.
/// </param>
/// <param name="IsOwn">This node proposed it, and repeats it.</param>
internal sealed record AcceptedProposal(Block Block, SignedMessage? Signed, bool IsOwn);
