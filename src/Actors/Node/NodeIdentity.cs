using EnergyNode.Ledger;

namespace EnergyNode.Actors.Node;

/// <summary>Which node of which chain this is. Who validates changes: see <see cref="Membership"/>.</summary>
public sealed class NodeIdentity(GenesisBlock genesis, PublicKey key)
{
    public ChainId Chain { get; } = genesis.Chain;

    public ConsensusProtocol Consensus { get; } = genesis.Consensus;

    /// <summary>There under proof of work only.</summary>
    public WorkParameters? Work { get; } = genesis.Work;

    public PublicKey Key { get; } = key;

    /// <summary>The set of height 1.</summary>
    public ValidatorSet FirstValidators { get; } = genesis.Validators;
}
