using EnergyNode.Actors.Ports;
using EnergyNode.Ledger;

namespace EnergyNode.Actors.Node;

/// <summary>What a node's actors need of the outside.</summary>
/// <param name="Signer">Holds this node's key.</param>
public sealed record NodePorts(
    IJournal Journal, ITransport Transport, ISigner Signer, ISignatureVerifier Signatures)
{
    /// <summary>Needed by validators of a chain of proof of work.</summary>
    public IMiner? Miner { get; init; }

    /// <summary>Where many nodes run in one process; null where each verifies for itself.</summary>
    public SharedWork? Shared { get; init; }
}
