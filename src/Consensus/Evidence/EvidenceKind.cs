namespace EnergyNode.Consensus.Evidence;

/// <summary>How a validator broke the protocol. Numbers are part of the wire format and are never reused.</summary>
public enum EvidenceKind : byte
{
    /// <summary>Two different proposals for one height and view.</summary>
    DoubleProposal = 0,

    /// <summary>Two different votes of one kind for one height and view.</summary>
    DoubleVote = 1,

    /// <summary>Two view changes to one view that claim different locks.</summary>
    DoubleViewChange = 2,

    /// <summary>Two statements of different kinds in one view that name different blocks.</summary>
    ContradictingVotes = 3,

    /// <summary>A lock that its owner itself had signed was forgotten in a later view.</summary>
    Amnesia = 4,

    /// <summary>A signed proposal that no honest validator makes.</summary>
    InvalidProposal = 5,

    /// <summary>A vote or a proposal by a key that is not in the validator set of its height.</summary>
    OutsideSet = 6,
}
