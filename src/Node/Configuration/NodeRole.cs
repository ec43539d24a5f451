namespace EnergyNode.Node.Configuration;

/// <summary>What the node does in the cluster.</summary>
public enum NodeRole
{
    /// <summary>Votes, if the ledger's validator set names its key.</summary>
    Validator,

    /// <summary>Follows and serves, never votes.</summary>
    Observer,
}
