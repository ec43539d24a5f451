namespace EnergyNode.Ledger;

/// <summary>
/// Bond, unbond and unjail (docs/spec/staking.md). Each method refuses before it changes anything; what it changes
/// shows in the set at a border only, see <see cref="ValidatorRules"/>.
/// </summary>
/// <param name="height">Of the block being executed.</param>
/// <param name="time">Its time.</param>
public sealed class StakingRules(
    LedgerState state, Postings postings, ValidatorRules validators, Height height, Instant time)
{
    private StakingState Staking => state.Staking;

    public LedgerError Bond(AccountId signer, Command.Bond command)
    {
        // STAKE-4
        LedgerError refusal = CheckBond(signer, command);
        if (refusal != LedgerError.None)
        {
            return refusal;
        }

        postings.Bond(command.Account, command.Amount);
        if (!Staking.Validators.TryGet(command.Validator, out StakedValidator validator))
        {
            validator = validators.Seat(command.Validator, command.Account.Name) with { Operator = command.Account };
            Staking.ByOperator.Set(command.Account, command.Validator);
        }

        Staking.Validators.Set(
            command.Validator, validator with { Bonded = validator.Bonded + command.Amount });
        ValidatorSchedule schedule = Staking.Schedule;
        Staking.Schedule = schedule with { Stake = schedule.Stake + command.Amount };
        return LedgerError.None;
    }

    public LedgerError Unbond(AccountId signer, Command.Unbond command)
    {
        // STAKE-5
        LedgerError refusal = CheckUnbond(signer, command);
        if (refusal != LedgerError.None)
        {
            return refusal;
        }

        PublicKey key = Staking.ByOperator[command.Account];
        StakedValidator validator = Staking.Validators[key];
        Staking.Validators.Set(
            key,
            validator with
            {
                Bonded = validator.Bonded - command.Amount,
                Unbonding = validator.Unbonding + command.Amount,
                Waiting = validator.Waiting + 1,
            });
        ValidatorSchedule schedule = Staking.Schedule;
        Staking.Schedule = schedule with { Unbondings = schedule.Unbondings + 1 };
        Staking.Unbondings.Set(
            new UnbondingKey(time.Plus(Staking.Parameters!.Value.UnbondingDelay), schedule.Unbondings + 1),
            new Unbonding(key, command.Amount, height));
        return LedgerError.None;
    }

    public LedgerError Unjail(AccountId signer, Command.Unjail command)
    {
        // STAKE-10
        if (!state.Users.Contains(command.Account))
        {
            return LedgerError.UserNotFound;
        }

        if (!AccessTable.Allows(state, signer, command))
        {
            return LedgerError.UnauthorizedOperator;
        }

        if (Staking.Parameters is not { } parameters)
        {
            return LedgerError.StakingClosed;
        }

        if (!TryFind(command.Account, out PublicKey key, out StakedValidator validator))
        {
            return LedgerError.ValidatorNotFound;
        }

        if (validator.Bonded < parameters.MinStake)
        {
            return LedgerError.StakeTooSmall;
        }

        if (validator.Standing != ValidatorStanding.Jailed)
        {
            return LedgerError.NotJailed;
        }

        if (time < validator.JailedUntil)
        {
            return LedgerError.StillJailed;
        }

        Staking.Validators.Set(key, validator with { Standing = ValidatorStanding.Active, JailedUntil = default });
        return LedgerError.None;
    }

    private LedgerError CheckBond(AccountId signer, Command.Bond command)
    {
        if (!state.Users.Contains(command.Account))
        {
            return LedgerError.UserNotFound;
        }

        bool valid = IsAmount(command.Amount);
        if (valid && state.Balances.GetOrDefault(command.Account).FreeMoney < command.Amount)
        {
            return LedgerError.InsufficientBalance;
        }

        if (!AccessTable.Allows(state, signer, command))
        {
            return LedgerError.UnauthorizedOperator;
        }

        if (valid && Staking.Schedule.Stake.Micro > Limits.MaxBalance - command.Amount.Micro)
        {
            return LedgerError.AmountOverflow;
        }

        if (!valid)
        {
            return LedgerError.InvalidAmount;
        }

        return Staking.Parameters is { } parameters ? CheckPlace(command, parameters) : LedgerError.StakingClosed;
    }

    private LedgerError CheckPlace(Command.Bond command, StakingParameters parameters)
    {
        bool known = Staking.Validators.TryGet(command.Validator, out StakedValidator validator);
        bool runsAnother = Staking.ByOperator.TryGet(command.Account, out PublicKey own) && own != command.Validator;
        if (runsAnother || (known && validator.Operator != command.Account))
        {
            return LedgerError.ValidatorKeyTaken;
        }

        if (!known && validators.IsNamed(command.Account.Name))
        {
            return LedgerError.ValidatorNameTaken;
        }

        if (validator.Bonded + command.Amount < parameters.MinStake)
        {
            return LedgerError.StakeTooSmall;
        }

        if (!known && Staking.Validators.Count >= Limits.MaxStakedValidators)
        {
            return LedgerError.TooManyValidators;
        }

        return command.Account == parameters.SlashedTo ? LedgerError.SlashReceiver : LedgerError.None;
    }

    private LedgerError CheckUnbond(AccountId signer, Command.Unbond command)
    {
        if (!state.Users.Contains(command.Account))
        {
            return LedgerError.UserNotFound;
        }

        bool valid = IsAmount(command.Amount);
        bool found = TryFind(command.Account, out PublicKey key, out StakedValidator validator);
        if (valid && found && validator.Bonded < command.Amount)
        {
            return LedgerError.InsufficientBalance;
        }

        if (!AccessTable.Allows(state, signer, command))
        {
            return LedgerError.UnauthorizedOperator;
        }

        if (!valid)
        {
            return LedgerError.InvalidAmount;
        }

        if (Staking.Parameters is not { } parameters)
        {
            return LedgerError.StakingClosed;
        }

        if (!found)
        {
            return LedgerError.ValidatorNotFound;
        }

        Money rest = validator.Bonded - command.Amount;
        if (rest > Money.Zero && rest < parameters.MinStake)
        {
            return LedgerError.StakeTooSmall;
        }

        if (validator.Waiting >= Limits.MaxUnbondingsPerValidator)
        {
            return LedgerError.TooManyUnbondings;
        }

        return rest == Money.Zero && validators.IsLast(key) ? LedgerError.LastValidator : LedgerError.None;
    }

    private bool TryFind(AccountId account, out PublicKey key, out StakedValidator validator)
    {
        validator = default;
        return Staking.ByOperator.TryGet(account, out key) && Staking.Validators.TryGet(key, out validator);
    }

    private static bool IsAmount(Money amount) => amount.Micro is > 0 and <= Limits.MaxMoneyMicro;
}
