namespace EnergyNode.Ledger;

/// <summary>
/// What evidence can prove of a validator (design §6). The number is its byte; see docs/spec/staking.md.
/// </summary>
public enum OffenceKind : byte
{
    /// <summary>Two different proposals of one height and attempt.</summary>
    DoubleProposal = 0,

    /// <summary>Two different votes of one kind, height and attempt.</summary>
    DoubleVote = 1,

    /// <summary>Two signed messages whose lock and claimed justification contradict each other.</summary>
    Amnesia = 2,

    /// <summary>A signed proposal that breaks form, limits, parent, set or proposer, or holds a bad batch.</summary>
    InvalidProposal = 3,

    /// <summary>A vote for a height at which it had none.</summary>
    ForeignVote = 4,
}
