using EnergyNode.Consensus;
using EnergyNode.Consensus.Pos;
using EnergyNode.Ledger;

namespace EnergyNode.Simulation;

/// <summary>What the liars of one run have agreed on: they know each other's thoughts at once.</summary>
internal sealed class Conspiracy(ForkPlan plan)
{
    private View _precommitsFrom;

    public ForkPlan Plan => plan;

    /// <summary>Where the fork begins; null until a liar leads high enough.</summary>
    public Height? From { get; private set; } = plan.IsLater ? plan.NotBefore : null;

    /// <summary>
    /// Under PoS, the first round at <see cref="From"/> in which the liars prevote with the far ones; null while that
    /// is open.
    /// </summary>
    public View? First { get; private set; }

    /// <summary>A liar leads, and shows the far ones another block.</summary>
    public void BeginWithTwin(Height height, View view, ValidatorSet set)
    {
        From = height;
        Begin(view, set);
    }

    /// <summary>A liar precommits with the others, and forgets it in the rounds above.</summary>
    public void BeginAbove(View round, ValidatorSet set)
    {
        if (First is not { } first || round >= first)
        {
            Begin(NextLedByFar(round, set), set);
        }
    }

    /// <summary>Whether the liars vote for what the far ones propose in this round.</summary>
    public bool Prevotes(Height height, View round) =>
        height != From || !plan.IsOverViews || (First is { } first && round >= first);

    /// <summary>Whether they precommit it as well.</summary>
    public bool Precommits(Height height, View round) =>
        Prevotes(height, round) && (height != From || round >= _precommitsFrom);

    /// <summary>Others propose nothing to the far ones, who would wait for it.</summary>
    public View NextLedByFar(View round, ValidatorSet set)
    {
        do
        {
            round = round.Next;
        }
        while (!plan.Far.Contains(ProposerRotation.Proposer(set, From!.Value, round).Value));
        return round;
    }

    private void Begin(View first, ValidatorSet set)
    {
        First = first;
        _precommitsFrom = first;
        for (int i = 0; i < plan.Detours; i++)
        {
            _precommitsFrom = NextLedByFar(_precommitsFrom, set);
        }
    }
}
