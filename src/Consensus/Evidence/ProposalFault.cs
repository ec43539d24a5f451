namespace EnergyNode.Consensus.Evidence;

/// <summary>
/// What is wrong with a signed proposal. Time and parent are missing on purpose: see docs/spec/evidence.md. Numbers are
/// part of the wire format.
/// </summary>
public enum ProposalFault : byte
{
    /// <summary>The block is another chain's.</summary>
    WrongChain = 0,

    /// <summary>The block has another height than the proposal.</summary>
    WrongHeight = 1,

    /// <summary>The block names another validator set than that of its height.</summary>
    WrongValidators = 2,

    /// <summary>A fresh block that names another proposer than the signer.</summary>
    WrongProposer = 3,

    /// <summary>Under PoS: it was another validator's turn.</summary>
    NotItsTurn = 4,

    /// <summary>The block has a batch that no honest proposer lets in: its form, chain or a signature is bad.</summary>
    BadBatch = 5,
}
