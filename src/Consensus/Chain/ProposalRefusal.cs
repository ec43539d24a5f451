namespace EnergyNode.Consensus;

/// <summary>Why a proposal is not accepted, in the order in which it is checked.</summary>
internal enum ProposalRefusal
{
    None = 0,

    /// <summary>The sender does not lead the view.</summary>
    NotLeader,

    /// <summary>The block is of another chain.</summary>
    WrongChain,

    /// <summary>The block does not follow the last decided one.</summary>
    WrongParent,

    /// <summary>The block names another validator set.</summary>
    WrongValidators,

    /// <summary>The block's time is not after its parent's.</summary>
    TimeNotAfterParent,

    /// <summary>A first proposal names somebody else than its leader as proposer.</summary>
    WrongProposer,

    /// <summary>A first proposal is too far ahead of the own clock.</summary>
    TimeTooFarAhead,

    /// <summary>This node has prepared another block in this view (in an earlier life).</summary>
    PreparedAnother,
}
