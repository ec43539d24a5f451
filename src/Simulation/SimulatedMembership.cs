using System.Collections.Generic;
using System.Globalization;
using EnergyNode.Ledger;

namespace EnergyNode.Simulation;

/// <summary>
/// Validators that come and go: the stakes of the genesis, and what their operators sign. The first validators unbond
/// all and bond again later, and each joiner bonds once.
/// </summary>
internal sealed class SimulatedMembership
{
    private const long Stake = 1_000_000;
    private const long Purse = 10 * Stake;

    private static readonly Duration Validity = Duration.FromSeconds(1_800);

    private readonly SimulationOptions _options;
    private readonly SimulatedKeys _keys;
    private readonly ChainId _chain;
    private readonly List<Step> _steps = [];

    public SimulatedMembership(SimulationOptions options, SimulatedKeys keys, ChainId chain)
    {
        _options = options;
        _keys = keys;
        _chain = chain;
        Dice dice = new(options.Seed, "membership");
        for (int i = 0; i < options.Joiners; i++)
        {
            long joins = Stake * dice.Between(1, 3);
            _steps.Add(new Step(dice.Between(50, 700), options.Validators + i, Bond: joins, Unbond: 0, Nonce: 1));
            int leaves = dice.Between(50, 500);
            _steps.Add(new Step(leaves, i, Bond: 0, Unbond: Stake, Nonce: 1));
            _steps.Add(new Step(dice.Between(leaves, 900), i, Bond: 2 * Stake, Unbond: 0, Nonce: 2));
        }
    }

    public int Count => _steps.Count;

    /// <summary>When a step is submitted, after the start.</summary>
    public Duration At(int step, Duration total) => new(total.Micros / 1_000 * _steps[step].PerMille);

    public SignedBatch Batch(int step, Instant now)
    {
        Step what = _steps[step];
        AccountId account = OperatorOf(what.Node);
        Command command = what.Bond > 0
            ? new Command.Bond(account, KeyOf(what.Node), new Money(what.Bond))
            : new Command.Unbond(account, new Money(what.Unbond));
        return SignedBatch.Sign(
            _chain, what.Nonce, now.Plus(Validity), BatchFlags.None, [command], _keys.Signer(account.ToString()));
    }

    /// <summary>The same chain with rules of staking and the stakes of its validators.</summary>
    public GenesisBlock Open(GenesisBlock genesis)
    {
        bool byStake = genesis.Consensus == ConsensusProtocol.Pos;
        List<GenesisAccount> accounts = [.. genesis.Accounts];
        List<GenesisStake> stakes = [];
        List<Validator> validators = [];
        for (int i = 0; i < _options.Validators + _options.Joiners; i++)
        {
            AccountId account = OperatorOf(i);
            accounts.Add(new GenesisAccount(
                account, UserKind.Operator, Role.None, _keys.Signer(account.ToString()).PublicKey, new Money(Purse)));
            if (i < _options.Validators)
            {
                Validator validator = genesis.Validators[new ValidatorIndex(i)];
                validators.Add(validator with { Power = byStake ? Stake : 1 });
                stakes.Add(new GenesisStake(validator.Key, account, new Money(Stake)));
            }
        }

        return genesis with
        {
            Accounts = accounts,
            Validators = new ValidatorSet(validators),
            SetTiming = new SetTiming(8, GenesisBlock.DefaultConsensusWindow),
            Staking = new StakingParameters(
                Duration.FromSeconds(3),
                Duration.FromSeconds(1),
                Duration.FromSeconds(10),
                new SlashFractions(50_000, 50_000, 50_000, 50_000, 50_000),
                _options.Validators + _options.Joiners,
                new Money(Stake / 2),
                AccountId.Parse("grid")),
            Stakes = stakes,
        };
    }

    private PublicKey KeyOf(int node) => _keys.Signer(SimulatedMarket.ValidatorName(node)).PublicKey;

    private static AccountId OperatorOf(int node) =>
        AccountId.Parse("stake-" + (node + 1).ToString(CultureInfo.InvariantCulture));

    private sealed record Step(int PerMille, int Node, long Bond, long Unbond, long Nonce);
}
