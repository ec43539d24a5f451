using System;
using System.Collections.Generic;
using System.Linq;
using EnergyNode.Ledger;
using EnergyNode.Market.Clearing;
using EnergyNode.Market.Execution;
using Xunit;

namespace EnergyNode.Market.Tests.Execution;

/// <summary>A market without a network: one ledger, its books, and a chain of blocks made on the spot.</summary>
internal sealed class MarketFixture
{
    public static readonly ChainId Chain = ChainId.Parse("test-chain");
    public static readonly BookId Book = BookId.Parse("home-spot");
    public static readonly Instant FirstEpoch = Instant.FromSeconds(1_470_038_400);
    public static readonly Duration EpochLength = Duration.FromSeconds(900);

    private readonly BookMachines _books = new();
    private readonly Dictionary<string, long> _nonces = [];
    private readonly BatchVerifier _verifier = new(Chain, new KeyedSigner("any"));
    private readonly bool _reverseBooks;

    public MarketFixture(
        IReadOnlyList<string> homes,
        MarketClock clock = MarketClock.Oracle,
        bool reverseBooks = false,
        long ratingW = 24_000,
        Duration grace = default,
        Func<GenesisBlock, GenesisBlock>? change = null)
    {
        _reverseBooks = reverseBooks;
        List<GenesisAccount> accounts =
        [
            new(Account("utility"), UserKind.Operator, Role.None, Key("utility"), new Money(10_000_000_000)),
            new(Account("grid"), UserKind.Operator, Role.None, Key("grid"), Money.Zero),
            new(
                Account("gateway"),
                UserKind.Operator,
                Roles.All,
                Key("gateway"),
                Money.Zero),
        ];
        accounts.AddRange(homes.Select(home =>
            new GenesisAccount(Account(home), UserKind.Prosumer, Role.None, Key(home), new Money(1_000_000_000))));
        MarketParameters parameters = new(
            clock,
            FirstEpoch,
            EpochLength,
            grace,
            new Price(10_000),
            new Price(220_000),
            new Price(50_000),
            Account("utility"),
            Account("grid"));
        GenesisBlock genesis = new(
            Chain,
            ConsensusProtocol.Pbft,
            FirstEpoch,
            new ValidatorSet([new Validator(Label.Parse("v1"), Key("v1"), 1)]),
            parameters,
            [Book, BookId.Parse("other-spot")],
            accounts,
            [.. homes.Select(home => new Command.AssignMeter(
                MeterId.Parse(home), Account(home), Key("meter-" + home), ratingW, ratingW))],
            [.. homes.Select(home => new AgentGrant(Account(home), Account("gateway")))]);
        Genesis = change?.Invoke(genesis) ?? genesis;
        State = Genesis.BuildState(out string? problem) ?? throw new InvalidOperationException(problem);
    }

    private MarketFixture(GenesisBlock genesis)
    {
        Genesis = genesis;
        State = genesis.BuildState(out string? problem) ?? throw new InvalidOperationException(problem);
    }

    public GenesisBlock Genesis { get; }

    public LedgerState State { get; }

    public Height Height { get; private set; }

    public Instant Now { get; set; } = Instant.FromSeconds(1_800_000_000);

    /// <summary>What was executed, so that it can be replayed elsewhere.</summary>
    public List<(Block Block, SignedBatch[] Batches)> History { get; } = [];

    public BookMachines Books => _books;

    public Action<ClearingCertificate>? ClearingObserver { get; init; }

    public Action<CouplingCertificate>? CouplingObserver { get; init; }

    /// <summary>Is told of each close when it begins.</summary>
    public Action<EpochIndex>? ClosingObserver { get; set; }

    /// <summary>Are told of each close.</summary>
    public List<Action<EpochIndex>> EpochObservers { get; } = [];

    /// <summary>Operations that reached the books so far.</summary>
    public int BookOperations { get; private set; }

    public static AccountId Account(string name) => AccountId.Parse(name);

    public static PublicKey Key(string name) => new KeyedSigner(name).PublicKey;

    public static Command Reading(string home, long epoch, long consumption, long generation) =>
        new Command.SubmitReading(MeterReading.Sign(
            Chain,
            MeterId.Parse(home),
            new Instant(FirstEpoch.Micros + (epoch * EpochLength.Micros)),
            new WattHours(consumption),
            new WattHours(generation),
            new KeyedSigner("meter-" + home)));

    public static Command Bid(
        string home, long price, long wattHours, TimeInForce tif = TimeInForce.ImmediateOrCancel) =>
        new Command.PlaceOrder(Account(home), Book, Side.Buy, tif, new Price(price), new WattHours(wattHours));

    public static Command Ask(
        string home, long price, long wattHours, TimeInForce tif = TimeInForce.ImmediateOrCancel) =>
        new Command.PlaceOrder(Account(home), Book, Side.Sell, tif, new Price(price), new WattHours(wattHours));

    public static Command Close(long epoch) => new Command.CloseEpoch(new EpochIndex(epoch));

    /// <summary>Signs the commands and executes them as a block of one batch.</summary>
    public IReadOnlyList<Receipt> Run(string signer, params Command[] commands) =>
        Run(signer, BatchFlags.None, commands);

    public IReadOnlyList<Receipt> Run(string signer, BatchFlags flags, params Command[] commands)
    {
        BatchOutcome outcome = Assert.Single(Execute(Sign(signer, flags, commands)).Batches);
        Assert.Equal(BatchStatus.Executed, outcome.Status);
        return outcome.Receipts!.Receipts;
    }

    public LedgerError RunOne(string signer, Command command) => Run(signer, command)[0].Error;

    public SignedBatch Sign(string signer, BatchFlags flags, params Command[] commands)
    {
        long nonce = _nonces.GetValueOrDefault(signer) + 1;
        _nonces[signer] = nonce;
        return Sign(signer, flags, nonce, commands);
    }

    public SignedBatch Sign(string signer, BatchFlags flags, long nonce, params Command[] commands) =>
        SignUntil(signer, flags, nonce, Now.Plus(Duration.FromSeconds(60)), commands);

    public static SignedBatch SignUntil(
        string signer, BatchFlags flags, long nonce, Instant validUntil, params Command[] commands) =>
        SignedBatch.Sign(Chain, nonce, validUntil, flags, commands, new KeyedSigner(signer));

    /// <summary>Executes a block of these batches at <see cref="Now"/>.</summary>
    public BlockOutcome Execute(params SignedBatch[] batches)
    {
        BlockHeader header = new(
            Chain, Height.Next, Hash32.Zero, Now, Key("v1"), default, 0, Genesis.Validators.Hash);
        return Execute(Block.Create(header, batches.Select(batch => batch.Hash)), batches);
    }

    /// <summary>Executes a block that another market executed.</summary>
    public BlockOutcome Execute(Block block, SignedBatch[] batches)
    {
        Height = block.Height;
        Now = block.Header.Time;
        History.Add((block, batches));
        List<Verified<SignedBatch>> verified = [];
        foreach (SignedBatch batch in batches)
        {
            Assert.Equal(BatchRefusal.None, _verifier.Verify(batch.Bytes, out Verified<SignedBatch> good));
            verified.Add(good);
        }

        BlockExecution execution = new(State, block, verified, new NamedEvidence())
        {
            ClearingObserver = ClearingObserver,
            CouplingObserver = CouplingObserver,
            ClosingObserver = ClosingObserver,
            EpochObserver = epoch => EpochObservers.ForEach(observer => observer(epoch)),
        };
        IReadOnlyList<BookSlice> slices = execution.Next([]);
        while (slices.Count > 0)
        {
            BookOperations += slices.Sum(slice => slice.Operations.Count);
            IEnumerable<BookSlice> order = _reverseBooks ? slices.Reverse() : slices;
            slices = execution.Next([.. order.Select(slice => _books.Apply(slice))]);
        }

        AssertConserved();
        return execution.Outcome!;
    }

    /// <summary>What is left after a crash: the blocks, which a new process executes from genesis on.</summary>
    public MarketFixture Restarted()
    {
        MarketFixture restarted = new(Genesis);
        History.ForEach(block => restarted.Execute(block.Block, block.Batches));
        foreach ((string signer, long nonce) in _nonces)
        {
            restarted._nonces.Add(signer, nonce);
        }

        return restarted;
    }

    public Balance BalanceOf(string account) => State.Balances[Account(account)];

    private void AssertConserved()
    {
        long money = 0;
        long tokens = 0;
        foreach (AccountId account in State.Balances.Keys)
        {
            Balance balance = State.Balances[account];
            money += balance.Money.Micro;
            tokens += balance.Tokens.Units;
            Assert.True(balance.MoneyHeld >= Money.Zero, $"{account} holds {balance.MoneyHeld}");
            Assert.True(balance.TokensHeld >= Grid.Zero && balance.TokensHeld <= balance.Tokens, $"{account}");
        }

        Assert.Equal((State.Totals.Deposited - State.Totals.Withdrawn).Micro, money);
        Assert.Equal(State.Totals.Generation.ToGrid(), State.Totals.Minted);
        Assert.Equal((State.Totals.Minted - State.Totals.Burned).Units, tokens);
    }
}
