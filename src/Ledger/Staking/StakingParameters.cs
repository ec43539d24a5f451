namespace EnergyNode.Ledger;

/// <summary>
/// The rules of stake, of a chain on which validators come and go by bonding; a chain without them is closed. One leaf
/// of the state.
/// </summary>
/// <param name="UnbondingDelay">
/// How long unbonded money stays at risk, in block time. A light client needs a checkpoint younger than this.
/// </param>
/// <param name="JailTime">How long a jailed validator must wait until it may unjail, at most the delay.</param>
/// <param name="CorrelationWindow">Offences punished within this time of each other are punished harder.</param>
/// <param name="MaxValidators">The set has at most so many: those with the highest stakes.</param>
/// <param name="MinStake">Below it, a stake gives no place in the set.</param>
/// <param name="SlashedTo">The account that receives what is slashed. It cannot bond.</param>
public readonly record struct StakingParameters(
    Duration UnbondingDelay,
    Duration JailTime,
    Duration CorrelationWindow,
    SlashFractions Slash,
    int MaxValidators,
    Money MinStake,
    AccountId SlashedTo)
{
    internal string? Problem()
    {
        if (UnbondingDelay.Micros is < Instant.MicrosPerSecond or > Limits.MaxStakingDelayMicros)
        {
            return "the unbonding delay must be between one second and 366 days";
        }

        if (JailTime.Micros < 0 || JailTime.Micros > UnbondingDelay.Micros)
        {
            return "the jail time must not be negative nor longer than the unbonding delay";
        }

        if (CorrelationWindow.Micros is < 0 or > Limits.MaxStakingDelayMicros)
        {
            return "the correlation window must be between 0 and 366 days";
        }

        foreach (int fraction in (int[])
            [Slash.DoubleProposal, Slash.DoubleVote, Slash.Amnesia, Slash.InvalidProposal, Slash.ForeignVote])
        {
            if (fraction is < 0 or > SlashFractions.Whole)
            {
                return $"a slash fraction must be between 0 and {SlashFractions.Whole} parts per million";
            }
        }

        if (MaxValidators is < 1 or > Limits.MaxValidators)
        {
            return $"the set may have 1 to {Limits.MaxValidators} validators";
        }

        return MinStake.Micro is < 1 or > Limits.MaxMoneyMicro
            ? $"the least stake must be between 1 and {Limits.MaxMoneyMicro} micro-units"
            : null;
    }

    internal void Encode(BorshWriter writer)
    {
        writer.I64(UnbondingDelay.Micros);
        writer.I64(JailTime.Micros);
        writer.I64(CorrelationWindow.Micros);
        Slash.Encode(writer);
        writer.I64(MaxValidators);
        writer.I64(MinStake.Micro);
        writer.AccountId(SlashedTo);
    }
}
