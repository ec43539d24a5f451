using EnergyNode.Ledger;

namespace EnergyNode.Actors.Node;

/// <summary>Which node of which chain this is. Who validates changes: see <see cref="Membership"/>.</summary>
public sealed class NodeIdentity(GenesisBlock genesis, PublicKey key)
{
    public ChainId Chain { get; } = genesis.Chain;

    public PublicKey Key { get; } = key;

    /// <summary>The set of height 1.</summary>
    public ValidatorSet FirstValidators { get; } = genesis.Validators;
}
