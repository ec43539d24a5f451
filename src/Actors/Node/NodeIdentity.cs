using System.Collections.Generic;
using EnergyNode.Ledger;

namespace EnergyNode.Actors.Node;

/// <summary>Which node of which chain this is.</summary>
public sealed class NodeIdentity
{
    public NodeIdentity(GenesisBlock genesis, PublicKey key)
    {
        Chain = genesis.Chain;
        Consensus = genesis.Consensus;
        Work = genesis.Work;
        Key = key;
        Validators = genesis.Validators;
        Index = Validators.IndexOf(key);
        List<PublicKey> others = [];
        foreach (Validator validator in Validators.Validators)
        {
            if (validator.Key != key)
            {
                others.Add(validator.Key);
            }
        }

        OtherValidators = others;
    }

    public ChainId Chain { get; }

    public ConsensusProtocol Consensus { get; }

    /// <summary>There under proof of work only.</summary>
    public WorkParameters? Work { get; }

    public PublicKey Key { get; }

    public ValidatorSet Validators { get; }

    /// <summary>Null for an observer.</summary>
    public ValidatorIndex? Index { get; }

    public bool IsValidator => Index is not null;

    /// <summary>In the order of the validator set.</summary>
    public IReadOnlyList<PublicKey> OtherValidators { get; }
}
