using System;
using System.Collections.Generic;
using System.Globalization;
using EnergyNode.Ledger;

namespace EnergyNode.Simulation;

/// <summary>A small market with two books: its genesis, and one batch for each epoch, all from the seed.</summary>
internal sealed class SimulatedMarket
{
    private const int MaxGenerationWh = 2_000;
    private const int MaxConsumptionWh = 1_500;
    private const int RatingW = 24_000;

    private static readonly Money OpeningDeposit = new(1_000_000_000);
    private static readonly ChainId Chain = ChainId.Parse("simulated");
    private static readonly BookId[] Books = [BookId.Parse("north-spot"), BookId.Parse("south-spot")];
    private static readonly Duration EpochLength = Duration.FromSeconds(900);
    private static readonly Duration Validity = Duration.FromSeconds(1_800);

    private readonly SimulatedKeys _keys;
    private readonly Dice _dice;
    private readonly int _homes;
    private readonly List<ISigner> _meters = [];

    public SimulatedMarket(SimulationOptions options, SimulatedKeys keys, Instant start)
    {
        _keys = keys;
        _homes = options.Homes;
        _dice = new Dice(options.Seed, "market");
        Gateway = keys.Signer("gateway");
        List<GenesisAccount> accounts =
        [
            Operator("utility", Role.None, 10_000_000_000),
            Operator("grid", Role.None, 0),
            Operator("gateway", Role.OracleOperator | Role.Authority | Role.AmiService | Role.Treasury, 0),
        ];
        List<Command.AssignMeter> meters = [];
        List<AgentGrant> agents = [];
        for (int home = 0; home < _homes; home++)
        {
            AccountId account = Home(home);
            ISigner meter = keys.Signer("meter of " + account);
            _meters.Add(meter);
            accounts.Add(new GenesisAccount(
                account, UserKind.Prosumer, Role.None, keys.Signer(account.ToString()).PublicKey, OpeningDeposit));
            meters.Add(new Command.AssignMeter(Meter(home), account, meter.PublicKey, RatingW, RatingW));
            agents.Add(new AgentGrant(account, AccountId.Parse("gateway")));
        }

        MarketParameters parameters = new(
            MarketClock.Oracle,
            start,
            EpochLength,
            default,
            new Price(10_000),
            new Price(220_000),
            new Price(50_000),
            AccountId.Parse("utility"),
            AccountId.Parse("grid"));
        Genesis = new GenesisBlock(
            Chain,
            options.Protocol,
            start,
            Validators(options.Validators),
            parameters,
            [.. Array.ConvertAll(Books, GenesisBook.FromBookId)],
            accounts,
            meters,
            agents)
        {
            Work = options.Protocol == ConsensusProtocol.Pow ? SimulatedMiner.Parameters : null,
        };
        if (options.Joiners > 0)
        {
            Membership = new SimulatedMembership(options, keys, Chain);
            Genesis = Membership.Open(Genesis);
        }

        if (options.Changes.Count > 0)
        {
            Changes = new SimulatedChanges(options, keys, Chain);
            Genesis = Changes.Open(Genesis);
        }
    }

    /// <summary>Null when the set never changes.</summary>
    public SimulatedMembership? Membership { get; }

    /// <summary>Null when the protocol never changes.</summary>
    public SimulatedChanges? Changes { get; }

    public GenesisBlock Genesis { get; }

    public ISigner Gateway { get; }

    public static string ValidatorName(int index) =>
        "validator-" + (index + 1).ToString(CultureInfo.InvariantCulture);

    /// <summary>The whole epoch as one in-order batch: readings, bids and asks, close. To be called in order.</summary>
    public SignedBatch EpochBatch(int epoch, Instant now)
    {
        List<Command> commands = [];
        List<Command> orders = [];
        for (int home = 0; home < _homes; home++)
        {
            int consumption = _dice.Between(0, MaxConsumptionWh);
            int generation = _dice.Chance(600) ? _dice.Between(0, MaxGenerationWh) : 0;
            commands.Add(new Command.SubmitReading(MeterReading.Sign(
                Chain,
                Meter(home),
                Genesis.Market.StartOf(new EpochIndex(epoch)),
                new WattHours(consumption),
                new WattHours(generation),
                _meters[home])));
            if (consumption != generation)
            {
                orders.Add(Order(home, generation - consumption));
            }
        }

        commands.AddRange(orders);
        commands.Add(new Command.CloseEpoch(new EpochIndex(epoch)));
        return SignedBatch.Sign(Chain, epoch + 1, now.Plus(Validity), BatchFlags.InOrder, commands, Gateway);
    }

    private Command.PlaceOrder Order(int home, int surplusWh)
    {
        Side side = surplusWh > 0 ? Side.Sell : Side.Buy;
        TimeInForce force = _dice.Chance(250) ? TimeInForce.GoodTillCancelled : TimeInForce.ImmediateOrCancel;
        int price = side == Side.Sell ? _dice.Between(50_000, 150_000) : _dice.Between(80_000, 220_000);
        return new Command.PlaceOrder(
            Home(home),
            Books[_dice.Between(0, Books.Length - 1)],
            side,
            force,
            new Price(price),
            new WattHours(surplusWh > 0 ? surplusWh : -surplusWh));
    }

    private ValidatorSet Validators(int count)
    {
        List<Validator> validators = [];
        for (int i = 0; i < count; i++)
        {
            string name = ValidatorName(i);
            validators.Add(new Validator(Label.Parse(name), _keys.Signer(name).PublicKey, 1));
        }

        return new ValidatorSet(validators);
    }

    private GenesisAccount Operator(string name, Role roles, long deposit) =>
        new(AccountId.Parse(name), UserKind.Operator, roles, _keys.Signer(name).PublicKey, new Money(deposit));

    private static AccountId Home(int index) => AccountId.Parse("home-" + index.ToString(CultureInfo.InvariantCulture));

    private static MeterId Meter(int index) => MeterId.Parse("m" + index.ToString(CultureInfo.InvariantCulture));
}
