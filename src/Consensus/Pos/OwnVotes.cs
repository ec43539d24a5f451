using System.Collections.Generic;
using EnergyNode.Ledger;

namespace EnergyNode.Consensus.Pos;

/// <summary>
/// This node's votes in its last two rounds: peers that are one round behind may need the older ones.
/// </summary>
internal sealed class OwnVotes
{
    private const int KeptRounds = 2;

    private readonly List<ConsensusMessage.Prevote> _prevotes = new(KeptRounds + 1);
    private readonly List<ConsensusMessage.Precommit> _precommits = new(KeptRounds + 1);

    public bool Any => _prevotes.Count + _precommits.Count > 0;

    public ConsensusMessage.Prevote? PrevoteIn(View round) => _prevotes.Find(vote => vote.Round == round);

    public ConsensusMessage.Precommit? PrecommitIn(View round) => _precommits.Find(vote => vote.Round == round);

    /// <param name="vote">Of a later round than the one before it.</param>
    public void Add(ConsensusMessage.Prevote vote)
    {
        _prevotes.Add(vote);
        _prevotes.RemoveAll(old => old.Round.Value <= vote.Round.Value - KeptRounds);
    }

    /// <param name="vote">Of a later round than the one before it.</param>
    public void Add(ConsensusMessage.Precommit vote)
    {
        _precommits.Add(vote);
        _precommits.RemoveAll(old => old.Round.Value <= vote.Round.Value - KeptRounds);
    }

    public void WriteTo(BorshWriter writer)
    {
        writer.Count(_prevotes.Count);
        foreach (ConsensusMessage.Prevote vote in _prevotes)
        {
            writer.Bytes(Statement.Of(vote));
        }

        writer.Count(_precommits.Count);
        foreach (ConsensusMessage.Precommit vote in _precommits)
        {
            writer.Bytes(Statement.Of(vote));
        }
    }
}
