using System;
using System.Collections.Generic;

namespace EnergyNode.Ledger.Tests;

/// <summary>
/// One value of every type on the wire, with real signatures: the golden vectors of <c>docs/spec/vectors</c>.
/// </summary>
internal static class WireSamples
{
    public static readonly ChainId Chain = ChainId.Parse("village-1");
    public static readonly ReferenceEd25519 Gateway = new("gateway");
    public static readonly ReferenceEd25519 MeterSigner = new("meter-1");
    public static readonly ReferenceEd25519 Proposer = new("validator-1");

    private static readonly SpendingTerms Terms = new(
        new Grid(9_000_000_000), Duration.FromSeconds(86_400), new Grid(5_000_000_000), Duration.FromSeconds(600));

    private static readonly AccountId[] Friends = [Account("alice"), Account("carol"), Account("dave")];

    private static readonly Command.ApproveOperation Approval = new(
        Account("alice"),
        Account("bob"),
        Instant.FromSeconds(1_800_003_600),
        new Command.Transfer(Account("bob"), Account("alice"), new Grid(7)));

    public static readonly IReadOnlyList<(string Name, Command Command)> Commands =
    [
        ("RegisterUser",
            new Command.RegisterUser(Account("bob"), UserKind.Prosumer, new ReferenceEd25519("bob").PublicKey)),
        ("AssignMeter", new Command.AssignMeter(
            MeterId.Parse("meter-2"), Account("bob"), MeterSigner.PublicKey, 24_000, 7_600)),
        ("GrantAgent", new Command.GrantAgent(Account("bob"), Account("gateway"), true)),
        ("Deposit", new Command.Deposit(Account("bob"), new Money(1_000_000_000))),
        ("Withdraw", new Command.Withdraw(Account("bob"), new Money(1))),
        ("Transfer", new Command.Transfer(Account("alice"), Account("bob"), new Grid(1_234_567))),
        ("SetTariff", new Command.SetTariff(new Price(220_000), new Price(50_000))),
        ("SubmitReading", new Command.SubmitReading(Reading())),
        ("PlaceOrder", new Command.PlaceOrder(
            Account("bob"),
            BookId.Parse("north-solar"),
            Side.Sell,
            TimeInForce.ImmediateOrCancel,
            new Price(50_000),
            new WattHours(750))),
        ("CancelOrder", new Command.CancelOrder(Account("bob"), new OrderId(7))),
        ("PlaceOrder with terms", new Command.PlaceOrder(
            Account("bob"),
            BookId.Parse("north-solar"),
            Side.Buy,
            TimeInForce.GoodTillTime,
            new Price(-50_000),
            new WattHours(750))
        {
            Terms = new OrderTerms(
                false, true, SelfTradePrevention.CancelBoth, new WattHours(5), Instant.FromSeconds(1_800_000_600)),
        }),
        ("ReplaceOrder",
            new Command.ReplaceOrder(Account("bob"), new OrderId(7), new Price(60_000), new WattHours(80))),
        ("CancelAll", new Command.CancelAll(Account("bob"), null)),
        ("CancelAll of a book", new Command.CancelAll(Account("bob"), BookId.Parse("north-solar"))),
        ("PlaceBlockOrder", new Command.PlaceBlockOrder(
            Account("bob"),
            Label.Parse("north"),
            EnergyQuality.Wind,
            Side.Sell,
            new EpochIndex(96),
            16,
            new Price(60_000),
            new WattHours(750))),
        ("SetUserStatus", new Command.SetUserStatus(Account("bob"), UserStatus.Suspended)),
        ("SetRole", new Command.SetRole(Account("bob"), Role.Governance, true)),
        ("RegisterZone", new Command.RegisterZone(ZoneId.Parse("north"))),
        ("RegisterFeeder", new Command.RegisterFeeder(FeederId.Parse("north-1"), ZoneId.Parse("north"), 250_000)),
        ("ConnectMeter", new Command.ConnectMeter(
            MeterId.Parse("meter-2"), FeederId.Parse("north-1"), 7_600, MeterDirection.Export)),
        ("ReplaceMeterKey", new Command.ReplaceMeterKey(
            MeterId.Parse("meter-2"), new ReferenceEd25519("meter-2b").PublicKey)),
        ("CreateAsset", new Command.CreateAsset(
            Account("bob"), AssetId.Parse("bob-roof"), AssetKind.Battery, MeterId.Parse("meter-2"), 7_600)),
        ("TransferAsset", new Command.TransferAsset(Account("bob"), AssetId.Parse("bob-roof"), Account("alice"))),
        ("SetAssetStatus", new Command.SetAssetStatus(
            Account("bob"), AssetId.Parse("bob-roof"), AssetStatus.Retired)),
        ("Approve", new Command.Approve(Account("bob"), Account("alice"), new Grid(5_000_000))),
        ("TransferFrom", new Command.TransferFrom(
            Account("alice"), Account("bob"), Account("carol"), new Grid(1_000_000))),
        ("Mint", new Command.Mint(Account("bob"), new Grid(1))),
        ("Burn", new Command.Burn(Account("bob"), new Grid(2))),
        ("SetSpendingPolicy", new Command.SetSpendingPolicy(Account("bob"), Terms)),
        ("CancelTransfer", new Command.CancelTransfer(Account("bob"), new TransferId(3))),
        ("RotateKey", new Command.RotateKey(Account("bob"), new ReferenceEd25519("bob-2").PublicKey)),
        ("RevokeKey", new Command.RevokeKey(Account("bob"))),
        ("SetCircle", new Command.SetCircle(
            Account("bob"), CircleKind.Guardians, 2, Duration.FromSeconds(86_400), Friends)),
        ("ApproveOperation", Approval),
        ("VoteRecovery", new Command.VoteRecovery(
            Account("alice"), Account("bob"), new ReferenceEd25519("bob-3").PublicKey, true)),
        ("SubmitEvidence", new Command.SubmitEvidence(new byte[] { 1, 0, 1, 2, 3 })),
        .. GovernanceSamples.Commands,
        ("IssueCertificates", new Command.IssueCertificates(MeterId.Parse("meter-1"), new EpochIndex(2))),
        ("SplitCertificates", new Command.SplitCertificates(Account("alice"), new RecId(1), new WattHours(30))),
        ("TransferCertificates", new Command.TransferCertificates(Account("alice"), new RecId(2), Account("bob"))),
        ("RetireCertificates", new Command.RetireCertificates(
            Account("bob"), new RecId(2), Account("bob"), new EpochIndex(0), new EpochIndex(2))),
        ("SetDistanceFees", new Command.SetDistanceFees(new Price(2_000), new Price(5_000))),
        ("CorrectReading", new Command.CorrectReading(ReadingCorrection.Sign(
            Chain, MeterId.Parse("meter-1"), new EpochIndex(2), 1, new WattHours(280), new WattHours(30),
            MeterSigner))),
        ("SetDeviationPrices", new Command.SetDeviationPrices(new Price(250_000), null)),
        ("PrepayOracle", new Command.PrepayOracle(Account("alice"), new Money(3_000_000))),
        ("CloseEpoch", new Command.CloseEpoch(new EpochIndex(3))),
        ("Bond", new Command.Bond(Account("bob"), Proposer.PublicKey, new Money(5_000_000))),
        ("Unbond", new Command.Unbond(Account("bob"), new Money(4_000_000))),
        ("Unjail", new Command.Unjail(Account("bob"))),
    ];

    private static readonly Lazy<ValidatorSet> BuiltValidators = new(MakeValidators);
    private static readonly Lazy<GenesisBlock> BuiltGenesis = new(MakeGenesis);

    public static ValidatorSet Validators() => BuiltValidators.Value;

    public static GenesisBlock Genesis() => BuiltGenesis.Value;

    public static AccountId Account(string name) => AccountId.Parse(name);

    public static MeterReading Reading() => MeterReading.Sign(
        Chain, MeterId.Parse("meter-1"), Instant.FromSeconds(1_470_038_400), new WattHours(281), new WattHours(31),
        MeterSigner);

    public static SignedBatch Batch(params Command[] commands) => Batch(1, BatchFlags.Atomic, commands);

    public static SignedBatch Batch(long nonce, BatchFlags flags, params Command[] commands) => SignedBatch.Sign(
        Chain, nonce, Instant.FromSeconds(1_800_000_060), flags, commands, Gateway);

    private static ValidatorSet MakeValidators() => new(
    [
        new Validator(Label.Parse("validator-1"), Proposer.PublicKey, 1),
        new Validator(Label.Parse("validator-2"), new ReferenceEd25519("validator-2").PublicKey, 1),
    ]);

    public static Block Block(params Hash32[] batches) => Ledger.Block.Create(
        new BlockHeader(
            Chain,
            new Height(1),
            Genesis().ComputeHash(),
            Instant.FromSeconds(1_800_000_000),
            Proposer.PublicKey,
            default,
            0,
            Validators().Hash),
        batches);

    public static BatchReceipts Receipts() => new(
        Hash32.Of("batch"u8), [new Receipt(LedgerError.None, 7), new Receipt(LedgerError.InsufficientBalance, 0)]);

    public static MarketParameters Market() => new(
        MarketClock.Oracle,
        Instant.FromSeconds(1_470_038_400),
        Duration.FromSeconds(900),
        Duration.FromSeconds(60),
        new Price(10_000),
        new Price(220_000),
        new Price(50_000),
        Account("utility"),
        Account("grid"));

    private static GenesisBlock MakeGenesis() => new(
        Chain,
        ConsensusProtocol.Pbft,
        Instant.FromSeconds(1_799_999_000),
        Validators(),
        Market(),
        [BookId.Parse("north-solar")],
        [
            Opening("utility", Role.None, 10_000_000_000),
            Opening("grid", Role.None, 0),
            Opening("gateway", Role.OracleOperator | Role.Treasury, 0),
            Opening("alice", Role.None, 1_000_000_000),
        ],
        [new Command.AssignMeter(MeterId.Parse("meter-1"), Account("alice"), MeterSigner.PublicKey, 24_000, 7_600)],
        [new AgentGrant(Account("alice"), Account("gateway"))])
    {
        Staking = new StakingParameters(
            Duration.FromSeconds(1_814_400),
            Duration.FromSeconds(86_400),
            Duration.FromSeconds(604_800),
            new SlashFractions(50_000, 50_000, 50_000, 10_000, 10_000),
            21,
            new Money(1_000_000),
            Account("grid")),
        Stakes =
        [
            new GenesisStake(Validators().Validators[0].Key, Account("utility"), new Money(3_000_000)),
            new GenesisStake(Validators().Validators[1].Key, Account("alice"), new Money(2_000_000)),
        ],
    };

    /// <summary>One row in each table of the registry.</summary>
    public static void FillRegistry(LedgerState state)
    {
        MeterId meter = MeterId.Parse("meter-1");
        state.Zones.Set(ZoneId.Parse("north"), 1);
        state.Feeders.Set(FeederId.Parse("north-1"), new Feeder(ZoneId.Parse("north"), 250_000));
        state.MeterSites.Set(meter, new MeterSite(FeederId.Parse("north-1"), 7_600, MeterDirection.Export));
        state.Assets.Set(
            AssetId.Parse("roof"), new Asset(Account("alice"), AssetKind.Battery, meter, 5_000, AssetStatus.Validated));
        state.Allowances.Set(new Allowance(Account("alice"), Account("bob")), new Grid(5_000_000));
        state.SpendingPolicies.Set(
            Account("alice"),
            new SpendingPolicy(Terms, default, default, 20_833, new Grid(1_000), 1));
        state.RevokedKeys.Set(new ReferenceEd25519("alice-0").PublicKey, true);
        state.Circles.Set(
            new CircleOf(Account("bob"), CircleKind.Members), new Circle(2, default, Friends, 1));
        state.Operations.Set(OperationKey.Of(Approval), new PendingOperation(Approval.ValidUntil, 5));
        PublicKey wanted = new ReferenceEd25519("bob-3").PublicKey;
        state.Recoveries.Set(
            Account("bob"),
            new Recovery(
                [new RecoveryVote(Account("alice"), wanted), new RecoveryVote(Account("dave"), wanted)],
                wanted,
                Instant.FromSeconds(1_800_086_400)));
        state.LastTransfer = new TransferId(3);
        state.LockedTransfers.Set(
            new TransferId(3),
            new LockedTransfer(
                Account("alice"), Account("bob"), new Grid(6_000_000_000), Instant.FromSeconds(1_800_000_600)));
        GovernanceSamples.Fill(state);
        EpochIndex epoch = new(2);
        state.Generation.Set(
            new MeterEpoch(meter, epoch), new Generation(Account("alice"), new WattHours(31), new WattHours(31)));
        state.RecBundles.Set(
            new RecId(1), new RecBundle(meter, epoch, Account("alice"), 0, new WattHours(30), null));
        state.RecBundles.Set(
            new RecId(2),
            new RecBundle(
                meter, epoch, Account("bob"), 30, new WattHours(1),
                new RecClaim(Account("bob"), new EpochIndex(0), epoch, new EpochIndex(3))));
        state.RecTotals = new RecTotals(2, new WattHours(31), new WattHours(1));
        state.RecHoldings.Set(Account("bob"), new RecHolding(0, WattHours.Zero, new WattHours(1)));
        FillSettlement(state, meter, epoch);
    }

    private static void FillSettlement(LedgerState state, MeterId meter, EpochIndex epoch)
    {
        state.SettledPrices.Set(
            epoch, new SettledPrices(new Price(220_000), new Price(50_000), new Price(250_000), new Price(50_000)));
        state.SettledMeters.Set(
            new MeterEpoch(meter, epoch),
            new SettledMeter(Account("alice"), new WattHours(280), new WattHours(31), 1));
        state.SettledAccounts.Set(
            new AccountEpoch(Account("alice"), epoch),
            new SettledAccount(new Deviation(-249_000_000), new WattHours(249), WattHours.Zero, new Grid(4_980_000)));
        state.DistanceFees = new DistanceFees(new Price(2_000), new Price(5_000));
        state.GridPlaces.Set(
            Account("alice"), new GridPlace(ZoneId.Parse("north"), FeederId.Parse("north-1")));
        state.Lines.Set(ZoneId.Parse("south"), new GridLine(ZoneId.Parse("north"), 5_000, 4_000));
        state.LineFlows.Set(
            new LineEpoch(epoch, LineKind.Feeder, Label.Parse("north-1")),
            new LineFlow(new WattHours(-900), new WattHours(1_250), new WattHours(1_000)));
        state.Couplings.Set(
            new CouplingKey(epoch, new EpochIndex(3), EnergyQuality.Solar),
            new CouplingSummary(
                Hash32.Of("nodes"u8), Hash32.Of("orders"u8), Hash32.Of("trades"u8), 3, 2, 1, new WattHours(900),
                new Money(45)));
        state.DeviationPrices = new DeviationPrices(new Price(250_000), null);
        state.CorrectionSums.Set(
            Account("alice"), new CorrectionSums(new WattHours(-1), WattHours.Zero, new Money(-250)));
    }

    public static byte[] Bytes(Action<BorshWriter> encode)
    {
        BorshWriter writer = new();
        encode(writer);
        return writer.ToArray();
    }

    private static GenesisAccount Opening(string name, Role roles, long deposit) => new(
        Account(name), UserKind.Operator, roles, new ReferenceEd25519(name).PublicKey, new Money(deposit));
}
