using EnergyNode.Ledger;

namespace EnergyNode.Consensus.Pos;

/// <summary>What a vote is for; one for none has no choice. Votes add up only when their choices are equal.</summary>
/// <param name="ValidRound">What a prevote names; null for a fresh block, and in precommits.</param>
internal readonly record struct Choice(Hash32 Block, View? ValidRound = null)
{
    public static Choice? Of(ConsensusMessage.Prevote vote) =>
        vote.BlockHash is { } block ? new Choice(block, vote.ValidRound) : null;

    public static Choice? Of(ConsensusMessage.Precommit vote) =>
        vote.BlockHash is { } block ? new Choice(block) : null;
}
