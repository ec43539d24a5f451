namespace EnergyNode.Ledger;

/// <summary>Who validates, with what stake, from when on: the staking part of <see cref="LedgerState"/>.</summary>
public sealed class StakingState
{
    private const byte InForceRow = 0;
    private const byte DecidedRow = 1;
    private const byte BeforeRow = 2;

    private readonly Table<byte, StakingParameters> _parameters =
        new(StateTables.StakingParameters, static (_, _) => { }, static (value, writer) => value.Encode(writer));

    private readonly Table<byte, ValidatorSchedule> _schedule =
        new(StateTables.ValidatorSchedule, static (_, _) => { }, static (value, writer) => value.Encode(writer));

    private readonly Table<byte, ValidatorSetRow> _sets =
        new(
            StateTables.ValidatorSets,
            static (key, writer) => writer.U8(key),
            static (value, writer) => value.Encode(writer));

    public Table<PublicKey, StakedValidator> Validators { get; } =
        new(
            StateTables.StakedValidators,
            static (key, writer) => writer.PublicKey(key),
            static (value, writer) => value.Encode(writer));

    /// <summary>Which validator an account stands behind; at most one.</summary>
    public Table<AccountId, PublicKey> ByOperator { get; } =
        new(
            StateTables.ValidatorsByOperator,
            static (key, writer) => writer.AccountId(key),
            static (value, writer) => writer.PublicKey(value));

    /// <summary>In the order of their release.</summary>
    public Table<UnbondingKey, Unbonding> Unbondings { get; } = new(
        StateTables.Unbondings,
        static (key, writer) =>
        {
            writer.I64(key.Release.Micros);
            writer.I64(key.Number);
        },
        static (value, writer) => value.Encode(writer));

    /// <summary>Punishments of the correlation window, by number.</summary>
    public Table<long, SlashRecord> Slashes { get; } =
        new(
            StateTables.Slashes,
            static (key, writer) => writer.I64(key),
            static (value, writer) => value.Encode(writer));

    /// <summary>Null on a closed chain.</summary>
    public StakingParameters? Parameters
    {
        get => _parameters.TryGet(0, out StakingParameters value) ? value : null;
        internal set => _parameters.Set(0, value!.Value);
    }

    public ValidatorSchedule Schedule
    {
        get => _schedule.GetOrDefault(0);
        internal set => _schedule.Set(0, value);
    }

    /// <summary>The set of the height after the last executed one.</summary>
    public ValidatorSet InForce => _sets[InForceRow].Set;

    /// <summary>By which the set in force decides.</summary>
    public ConsensusRules Rules => _sets[InForceRow].Rules;

    /// <summary>The set that takes over at the schedule's border; null when no change is decided.</summary>
    public ValidatorSetRow? Decided => _sets.TryGet(DecidedRow, out ValidatorSetRow row) ? row : null;

    /// <summary>The set that the one in force replaced; null while the first one is in force.</summary>
    public ValidatorSetRow? Before => _sets.TryGet(BeforeRow, out ValidatorSetRow row) ? row : null;

    /// <summary>What is known of the sets of the last heights and of those to come.</summary>
    public SetForecast Forecast => new(
        InForce, Schedule.Since, Decided?.Set, Schedule.HasBorder ? Schedule.Border : null, Schedule.Timing.Window)
    {
        Rules = Rules,
        DecidedRules = Decided?.Rules,
        Before = Before?.Set,
        BeforeRules = Before?.Rules,
        BeforeSince = Schedule.BeforeSince,
    };

    /// <summary>The set that decided, or will decide, a height up to the next one.</summary>
    /// <returns>Null when it is too long ago.</returns>
    public ValidatorSet? SetOf(Height height) =>
        height >= Schedule.Since ? InForce : height >= Schedule.BeforeSince ? Before?.Set : null;

    /// <summary>For <see cref="LedgerState"/>, each once.</summary>
    internal StateTable[] Tables =>
        [_parameters, Validators, Unbondings, Slashes, _sets, _schedule, ByOperator];

    /// <summary>The set of height 1.</summary>
    internal void Begin(ValidatorSetRow first) => _sets.Set(InForceRow, first);

    /// <summary>What takes over at the border.</summary>
    internal void Decide(ValidatorSetRow next) => _sets.Set(DecidedRow, next);

    /// <summary>What was decided takes over now.</summary>
    internal void TakeOver()
    {
        _sets.Set(BeforeRow, _sets[InForceRow]);
        _sets.Set(InForceRow, _sets[DecidedRow]);
        _sets.Remove(DecidedRow);
    }
}
