namespace EnergyNode.Ledger;

/// <summary>
/// What the governance decides about validators and their protocol. It enters the state here; sets and borders follow
/// from it as they do from stake (<see cref="ValidatorRules"/>).
/// </summary>
/// <param name="height">Of the block that is executed, at <paramref name="now"/>.</param>
internal sealed class ValidatorActions(LedgerState state, Height height, Instant now)
{
    private readonly ValidatorRules _rules = new(state, new Postings(state));

    private StakingState Staking => state.Staking;

    /// <summary>Why it cannot be done now; the error with the lowest number.</summary>
    public LedgerError Check(GovernanceAction.SetValidator action)
    {
        // STAKE-13
        if (action.Power is < 0 or > Limits.MaxBalance)
        {
            return LedgerError.InvalidAmount;
        }

        bool exists = Staking.Validators.TryGet(action.Key, out StakedValidator row);
        if (action.Power == 0)
        {
            return !exists ? LedgerError.ValidatorNotFound
                : row.Name != action.Name ? LedgerError.ValidatorKeyTaken
                : _rules.IsLast(action.Key) ? LedgerError.LastValidator
                : LedgerError.None;
        }

        bool isNew = !exists || row.Standing != ValidatorStanding.Active;
        return exists && row.Name != action.Name ? LedgerError.ValidatorKeyTaken
            : !exists && _rules.IsNamed(action.Name) ? LedgerError.ValidatorNameTaken
            : isNew && IsFull(exists) ? LedgerError.TooManyValidators
            : Staking.Parameters is not null ? LedgerError.ValidatorsByStake
            : LedgerError.None;
    }

    /// <returns>What was in force; null where nothing was.</returns>
    public GovernanceAction? Apply(GovernanceAction.SetValidator action)
    {
        // GOV-11
        bool existed = Staking.Validators.TryGet(action.Key, out StakedValidator old);
        StakedValidator row = existed ? old : _rules.Seat(action.Key, action.Name);
        if (action.Power > 0)
        {
            row = row with { FixedPower = action.Power, Standing = ValidatorStanding.Active };
        }
        else if (Staking.Parameters is { } parameters)
        {
            Instant until = now.Plus(parameters.JailTime);
            row = row with
            {
                Standing = ValidatorStanding.Jailed,
                JailedUntil = old.JailedUntil > until ? old.JailedUntil : until,
            };
        }
        else
        {
            row = row with { Standing = ValidatorStanding.Removed };
        }

        Staking.Validators.Set(action.Key, row);
        return existed ? action with { Power = PowerOf(old) } : null;
    }

    /// <summary>Why it cannot be done now.</summary>
    public LedgerError Check(GovernanceAction.ChangeConsensus action)
    {
        // SWITCH-1
        bool isAnother = action.Rules.Protocol != Staking.Rules.Protocol && state.Governance.Change is null;
        bool isPossible = action.Rules.Problem() is null
            && (Staking.Parameters is null || action.Rules.Protocol != ConsensusProtocol.Pow);
        bool isAhead = action.Height.Value > height.Value + (2L * Staking.Schedule.Timing.Window)
            && action.Height.Value <= height.Value + Limits.MaxChangeAheadHeights;
        return isAnother && isPossible && isAhead ? LedgerError.None : LedgerError.InvalidConsensusChange;
    }

    /// <returns>What is in force until then.</returns>
    public GovernanceAction Apply(GovernanceAction.ChangeConsensus action)
    {
        state.Governance = state.Governance with { Change = new ConsensusChange(action.Rules, action.Height) };
        return new GovernanceAction.ChangeConsensus(Staking.Rules, Staking.Schedule.Since);
    }

    private static long PowerOf(StakedValidator validator) =>
        validator.Standing != ValidatorStanding.Active ? 0
        : validator.Operator is null ? validator.FixedPower
        : validator.Bonded.Micro;

    /// <param name="exists">The validator has a row already.</param>
    private bool IsFull(bool exists)
    {
        int active = 0;
        foreach (PublicKey key in Staking.Validators.Keys)
        {
            active += Staking.Validators[key].Standing == ValidatorStanding.Active ? 1 : 0;
        }

        return active >= Limits.MaxValidators || (!exists && Staking.Validators.Count >= Limits.MaxStakedValidators);
    }
}
