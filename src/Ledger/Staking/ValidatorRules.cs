using System;
using System.Collections.Generic;

namespace EnergyNode.Ledger;

/// <summary>
/// Which validators the chain has: releases unbonded money, punishes, and decides at the end of a set epoch who is in
/// the next set. The rules STAKE-1… are those of docs/spec/staking.md.
/// </summary>
public sealed class ValidatorRules(LedgerState state, Postings postings)
{
    private StakingState Staking => state.Staking;

    /// <summary>Before a block's commands: what has waited long enough is free again.</summary>
    /// <param name="time">The block's time.</param>
    public void BeginBlock(Instant time)
    {
        // STAKE-6
        int released = 0;
        IReadOnlyList<UnbondingKey> queue = Staking.Unbondings.Count > 0 ? Staking.Unbondings.Keys : [];
        foreach (UnbondingKey key in queue)
        {
            if (key.Release > time || released == Limits.MaxReleasesPerBlock)
            {
                return;
            }

            Unbonding unbonding = Staking.Unbondings[key];
            if (unbonding.Begun <= Staking.Schedule.Settled)
            {
                Release(key, unbonding);
                released++;
            }
        }
    }

    /// <summary>After a block's commands: who decides the heights from a border on.</summary>
    /// <param name="height">The block's.</param>
    /// <param name="closedEpoch">It closed a market epoch.</param>
    public void EndBlock(Height height, bool closedEpoch)
    {
        ValidatorSchedule schedule = Staking.Schedule;
        if (schedule.Border == height.Next)
        {
            // STAKE-2
            Staking.TakeOver();
            EndChange(height.Next);
            schedule = schedule with
            {
                Since = schedule.Border,
                BeforeSince = schedule.Since,
                Settled = schedule.DecidedAt,
                DecidedAt = Height.Genesis,
                Border = Height.Genesis,
            };
        }

        // STAKE-1
        if (closedEpoch || height.Value - schedule.EpochStart.Value + 1 >= schedule.Timing.EpochHeights)
        {
            schedule = EndSetEpoch(schedule with { EpochStart = height.Next }, height);
        }

        // SWITCH-3
        if (state.Governance.Change is { } change && height == LastToDecide(change, schedule))
        {
            ForgetGone();
            schedule = Decide(schedule, height, new ValidatorSetRow(Derive(change.Rules.Protocol), change.Rules));
        }

        if (schedule != Staking.Schedule)
        {
            Staking.Schedule = schedule;
        }
    }

    /// <summary>
    /// Punishes a validator that broke the protocol, once for each call: the caller has checked the evidence, and that
    /// it was not punished for it before.
    /// </summary>
    /// <param name="culprit">Its key; one without a stake at risk and without a place is not known any more.</param>
    /// <param name="offence">What it did.</param>
    /// <param name="offenceHeight">Where.</param>
    /// <param name="time">Of the block that punishes.</param>
    public Punishment Punish(PublicKey culprit, OffenceKind offence, Height offenceHeight, Instant time)
    {
        if (!Staking.Validators.TryGet(culprit, out StakedValidator validator))
        {
            return default;
        }

        Money taken = Money.Zero;
        if (Staking.Parameters is { } parameters)
        {
            taken = Slash(culprit, validator, parameters, offence, offenceHeight, time);
            validator = Staking.Validators[culprit];
            Instant until = time.Plus(parameters.JailTime);
            validator = validator with
            {
                Standing = ValidatorStanding.Jailed,
                JailedUntil = validator.JailedUntil > until ? validator.JailedUntil : until,
            };
        }
        else
        {
            validator = validator with { Standing = ValidatorStanding.Removed };
        }

        // STAKE-9
        Staking.Validators.Set(culprit, validator);
        return new Punishment(true, taken, Candidates().Count > 0);
    }

    /// <summary>Enters the validators of a genesis, which decide from height 1 on.</summary>
    /// <returns>What contradicts itself, for people; null when all is well.</returns>
    internal string? Found(GenesisBlock genesis)
    {
        if (genesis.SetTiming.Problem() is { } problem)
        {
            return problem;
        }

        if (genesis.SetTiming.Window < genesis.ConsensusWindow)
        {
            return "the window of set changes must not be below the consensus window";
        }

        Staking.Schedule = new ValidatorSchedule(
            genesis.SetTiming,
            Height.Genesis.Next,
            Height.Genesis.Next,
            Height.Genesis.Next,
            Height.Genesis,
            Height.Genesis,
            Height.Genesis,
            0,
            0,
            0,
            Money.Zero);
        Staking.Begin(new ValidatorSetRow(genesis.Validators, genesis.Rules));
        if (genesis.Staking is not { } parameters)
        {
            foreach (Validator validator in genesis.Validators.Validators)
            {
                Staking.Validators.Set(
                    validator.Key, Seat(validator.Key, validator.Name) with { FixedPower = validator.Power });
            }

            return genesis.Stakes.Count == 0 ? null : "stakes are named, and there are no rules of staking";
        }

        if (!state.Users.Contains(parameters.SlashedTo))
        {
            return $"the account {parameters.SlashedTo} that receives slashed money is not among the accounts";
        }

        if (genesis.Consensus == ConsensusProtocol.Pow)
        {
            return "under pow there is no stake: write null for staking";
        }

        Staking.Parameters = parameters;
        return parameters.Problem() ?? AddStakes(genesis, parameters);
    }

    /// <summary>A new row without stake, with the next seat.</summary>
    internal StakedValidator Seat(PublicKey key, Label name)
    {
        ValidatorSchedule schedule = Staking.Schedule;
        Staking.Schedule = schedule with { Seats = schedule.Seats + 1 };
        StakedValidator validator = default;
        return validator with { Name = name, Seat = schedule.Seats };
    }

    internal bool IsNamed(Label name)
    {
        foreach (PublicKey key in Staking.Validators.Keys)
        {
            if (Staking.Validators[key].Name == name)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Without this one there would be no candidate.</summary>
    internal bool IsLast(PublicKey key)
    {
        // STAKE-3
        List<Candidate> candidates = Candidates();
        return candidates.Count == 1 && candidates[0].Key == key;
    }

    private ValidatorSchedule EndSetEpoch(ValidatorSchedule schedule, Height height)
    {
        if (schedule.HasBorder || IsTooLate(schedule, height))
        {
            return schedule;
        }

        if (IsAsDerived(Staking.InForce))
        {
            return schedule with { Settled = height };
        }

        ForgetGone();
        ValidatorSet next = Derive(Staking.Rules.Protocol);
        if (next.Hash == Staking.InForce.Hash)
        {
            return schedule with { Settled = height };
        }

        return Decide(schedule, height, new ValidatorSetRow(next, Staking.Rules));
    }

    private ValidatorSchedule Decide(ValidatorSchedule schedule, Height height, ValidatorSetRow next)
    {
        // STAKE-2
        Staking.Decide(next);
        return schedule with
        {
            DecidedAt = height,
            Border = new Height(height.Value + schedule.Timing.Window + 1),
        };
    }

    /// <summary>The height after which set and protocol from the change on are named.</summary>
    private static Height LastToDecide(ConsensusChange change, ValidatorSchedule schedule) =>
        new(change.Height.Value - schedule.Timing.Window - 1);

    /// <summary>A set decided now would still wait for its border when that of a change is named.</summary>
    private bool IsTooLate(ValidatorSchedule schedule, Height height)
    {
        // SWITCH-2
        return state.Governance.Change is { } change
            && height.Value + schedule.Timing.Window > LastToDecide(change, schedule).Value;
    }

    /// <summary>The change has happened.</summary>
    private void EndChange(Height height)
    {
        GovernanceStatus status = state.Governance;
        if (status.Change?.Height == height)
        {
            state.Governance = status with { Change = null };
        }
    }

    /// <summary>Rows without anything at risk that have left the set.</summary>
    private void ForgetGone()
    {
        foreach (PublicKey key in Staking.Validators.Keys)
        {
            StakedValidator validator = Staking.Validators[key];
            if (validator.Operator is { } account && validator.AtRisk == Money.Zero
                && Staking.InForce.IndexOf(key) is null)
            {
                Staking.Validators.Remove(key);
                Staking.ByOperator.Remove(account);
            }
        }
    }

    private ValidatorSet Derive(ConsensusProtocol protocol)
    {
        // STAKE-3
        List<Candidate> candidates = Candidates();
        if (candidates.Count == 0)
        {
            return Staking.InForce;
        }

        int most = Staking.Parameters?.MaxValidators ?? Limits.MaxValidators;
        if (candidates.Count > most)
        {
            candidates.Sort(static (left, right) =>
            {
                int byStake = right.Row.Bonded.CompareTo(left.Row.Bonded);
                return byStake != 0 ? byStake : left.Row.Seat.CompareTo(right.Row.Seat);
            });
            candidates.RemoveRange(most, candidates.Count - most);
        }

        candidates.Sort(static (left, right) => left.Row.Seat.CompareTo(right.Row.Seat));
        List<Validator> set = new(candidates.Count);
        foreach (Candidate candidate in candidates)
        {
            set.Add(new Validator(candidate.Row.Name, candidate.Key, PowerOf(candidate.Row, protocol)));
        }

        return new ValidatorSet(set);
    }

    /// <summary>
    /// Whether all rows stand in a set as they would be derived, and nobody would be forgotten: nearly always, and
    /// then nothing need be made for it.
    /// </summary>
    private bool IsAsDerived(ValidatorSet set)
    {
        long last = -1;
        foreach (Validator validator in set.Validators)
        {
            if (!Staking.Validators.TryGet(validator.Key, out StakedValidator row) || !IsCandidate(row)
                || row.Name != validator.Name || row.Seat <= last
                || PowerOf(row, Staking.Rules.Protocol) != validator.Power)
            {
                return false;
            }

            last = row.Seat;
        }

        int most = Staking.Parameters?.MaxValidators ?? Limits.MaxValidators;
        return Staking.Validators.Count == set.Count && set.Count <= most;
    }

    private bool IsCandidate(in StakedValidator validator) =>
        validator.Standing == ValidatorStanding.Active
        && (validator.Operator is null || validator.Bonded >= Staking.Parameters!.Value.MinStake);

    private static long PowerOf(StakedValidator validator, ConsensusProtocol protocol) =>
        validator.Operator is null ? validator.FixedPower
        : protocol == ConsensusProtocol.Pos ? validator.Bonded.Micro
        : 1;

    private List<Candidate> Candidates()
    {
        List<Candidate> found = [];
        foreach (PublicKey key in Staking.Validators.Keys)
        {
            StakedValidator validator = Staking.Validators[key];
            if (IsCandidate(validator))
            {
                found.Add(new Candidate(key, validator));
            }
        }

        return found;
    }

    private void Release(UnbondingKey key, Unbonding unbonding)
    {
        StakedValidator validator = Staking.Validators[unbonding.Validator];
        postings.ReleaseBonded(validator.Operator!.Value, unbonding.Amount);
        Staking.Unbondings.Remove(key);
        Staking.Validators.Set(
            unbonding.Validator,
            validator with
            {
                Unbonding = validator.Unbonding - unbonding.Amount,
                Waiting = validator.Waiting - 1,
            });
        ValidatorSchedule schedule = Staking.Schedule;
        Staking.Schedule = schedule with { Stake = schedule.Stake - unbonding.Amount };
    }

    private Money Slash(
        PublicKey key,
        StakedValidator validator,
        StakingParameters parameters,
        OffenceKind offence,
        Height offenceHeight,
        Instant time)
    {
        // STAKE-7
        ForgetSlashesBefore(new Instant(time.Micros - parameters.CorrelationWindow.Micros));
        UInt128 offending = (UInt128)validator.AtRisk.Micro;
        UInt128 total = (UInt128)Staking.Schedule.Stake.Micro;
        foreach (long number in Staking.Slashes.Keys)
        {
            SlashRecord record = Staking.Slashes[number];
            offending += (UInt128)record.Stake.Micro;
            total += (UInt128)record.Taken.Micro;
        }

        Money amount = SlashArithmetic.Amount(
            validator.AtRisk, parameters.Slash.Of(offence), offending, total);
        Money taken = postings.Slash(validator.Operator!.Value, parameters.SlashedTo, amount);
        Money rest = TakeFromBonded(key, validator, taken);
        TakeFromUnbonding(key, rest);
        ValidatorSchedule schedule = Staking.Schedule;
        Staking.Schedule = schedule with { Stake = schedule.Stake - taken, Slashes = schedule.Slashes + 1 };
        Staking.Slashes.Set(
            schedule.Slashes + 1,
            new SlashRecord(key, offence, offenceHeight, time, validator.AtRisk, taken));
        return taken;
    }

    private void ForgetSlashesBefore(Instant oldest)
    {
        IReadOnlyList<long> numbers = Staking.Slashes.Keys;
        for (int i = 0; i < numbers.Count; i++)
        {
            bool tooMany = numbers.Count - i >= Limits.MaxWindowSlashes;
            if (tooMany || Staking.Slashes[numbers[i]].Time < oldest)
            {
                Staking.Slashes.Remove(numbers[i]);
            }
        }
    }

    private Money TakeFromBonded(PublicKey key, StakedValidator validator, Money taken)
    {
        Money here = taken < validator.Bonded ? taken : validator.Bonded;
        Staking.Validators.Set(key, validator with { Bonded = validator.Bonded - here });
        return taken - here;
    }

    /// <summary>What is released last is taken first.</summary>
    private void TakeFromUnbonding(PublicKey key, Money rest)
    {
        IReadOnlyList<UnbondingKey> queue = Staking.Unbondings.Keys;
        for (int i = queue.Count - 1; i >= 0 && rest > Money.Zero; i--)
        {
            Unbonding unbonding = Staking.Unbondings[queue[i]];
            if (unbonding.Validator != key)
            {
                continue;
            }

            StakedValidator validator = Staking.Validators[key];
            bool whole = unbonding.Amount <= rest;
            Money here = whole ? unbonding.Amount : rest;
            rest -= here;
            Staking.Validators.Set(
                key,
                validator with
                {
                    Unbonding = validator.Unbonding - here,
                    Waiting = validator.Waiting - (whole ? 1 : 0),
                });
            if (whole)
            {
                Staking.Unbondings.Remove(queue[i]);
            }
            else
            {
                Staking.Unbondings.Set(queue[i], unbonding with { Amount = unbonding.Amount - here });
            }
        }
    }

    private string? AddStakes(GenesisBlock genesis, StakingParameters parameters)
    {
        if (genesis.Stakes.Count != genesis.Validators.Count || genesis.Validators.Count > parameters.MaxValidators)
        {
            return "each validator needs one stake, and there may be no more than the most";
        }

        for (int i = 0; i < genesis.Stakes.Count; i++)
        {
            GenesisStake stake = genesis.Stakes[i];
            Validator validator = genesis.Validators.Validators[i];
            long power = genesis.Consensus == ConsensusProtocol.Pos ? stake.Stake.Micro : 1;
            LedgerError refusal = stake.Validator != validator.Key ? LedgerError.ValidatorNotFound
                : validator.Power != power ? LedgerError.InvalidAmount
                : stake.Operator == parameters.SlashedTo ? LedgerError.SlashReceiver
                : !state.Users.Contains(stake.Operator) ? LedgerError.UserNotFound
                : Staking.ByOperator.Contains(stake.Operator) ? LedgerError.ValidatorKeyTaken
                : stake.Stake < parameters.MinStake ? LedgerError.StakeTooSmall
                : stake.Stake.Micro > Limits.MaxBalance - Staking.Schedule.Stake.Micro ? LedgerError.AmountOverflow
                : postings.Bond(stake.Operator, stake.Stake);
            if (refusal != LedgerError.None)
            {
                return $"stake {i} of {stake.Operator}: {refusal}; stakes stand in the order of the validators, "
                    + "under pos their power is the stake in micro-units, under pbft 1";
            }

            StakedValidator row = Seat(validator.Key, validator.Name);
            Staking.Validators.Set(
                validator.Key, row with { Operator = stake.Operator, Bonded = stake.Stake });
            Staking.ByOperator.Set(stake.Operator, validator.Key);
            ValidatorSchedule schedule = Staking.Schedule;
            Staking.Schedule = schedule with { Stake = schedule.Stake + stake.Stake };
        }

        return null;
    }

    private readonly record struct Candidate(PublicKey Key, StakedValidator Row);
}
