using System;
using System.Linq;
using Xunit;
using static EnergyNode.Ledger.Tests.WireSamples;

namespace EnergyNode.Ledger.Tests.Blocks;

/// <summary>What contradicts itself is refused by name, on both sides of each bound.</summary>
public sealed class GenesisBlockTests
{
    [Fact]
    public void A_genesis_block_makes_the_state_that_it_describes()
    {
        LedgerState state = WireSamples.Genesis().BuildState(out string? problem)!;
        Assert.Null(problem);
        Assert.Equal((4, 1, 1, 1), (state.Users.Count, state.Meters.Count, state.Agents.Count, state.Books.Count));
        Assert.Equal(new Money(11_000_000_000), state.Totals.Deposited);
        Assert.Equal(new Money(1_000_000_000), state.Balances[Account("alice")].Money);
    }

    [Theory]
    [InlineData(999_999, 0, false)]
    [InlineData(1_000_000, 0, true)]
    [InlineData(Limits.MaxEpochMicros, 0, true)]
    [InlineData(Limits.MaxEpochMicros + 1, 0, false)]
    [InlineData(1_000_000, 999_999, true)]
    [InlineData(1_000_000, 1_000_000, false)]
    [InlineData(1_000_000, -1, false)]
    public void Epoch_and_grace_have_bounds(long length, long grace, bool good) => AssertMarket(
        Market() with { EpochLength = new Duration(length), Grace = new Duration(grace) }, good);

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    [InlineData(Limits.MaxFirstEpochMicros, true)]
    [InlineData(Limits.MaxFirstEpochMicros + 1, false)]
    [InlineData(long.MaxValue, false)]
    public void The_first_epoch_has_bounds(long start, bool good) =>
        AssertMarket(Market() with { FirstEpoch = new Instant(start) }, good);

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    [InlineData(Limits.MaxPriceMicroPerKwh, true)]
    [InlineData(Limits.MaxPriceMicroPerKwh + 1, false)]
    public void Prices_have_bounds(long price, bool good)
    {
        AssertMarket(Market() with { GridFee = new Price(price) }, good);
        AssertMarket(Market() with { Retail = new Price(price) }, good);
        AssertMarket(Market() with { FeedIn = new Price(price) }, good);
    }

    [Theory]
    [InlineData(0, 1, false)]
    [InlineData(1, 1, true)]
    [InlineData(1, -5, false)]
    [InlineData(Limits.MaxRatingW, Limits.MaxRatingW, true)]
    [InlineData(1, Limits.MaxRatingW + 1, false)]
    public void Ratings_have_bounds(long import, long export, bool good)
    {
        GenesisBlock genesis = WireSamples.Genesis();
        AssertBuilds(
            genesis with { Meters = [genesis.Meters[0] with { ImportRatingW = import, ExportRatingW = export }] },
            good);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(Limits.MaxBooks, true)]
    [InlineData(Limits.MaxBooks + 1, false)]
    public void Books_have_a_bound(int count, bool good) => AssertBuilds(
        WireSamples.Genesis() with { Books = [.. Enumerable.Range(0, count).Select(i => BookId.Parse($"book-{i}"))] },
        good);

    [Theory]
    [InlineData(-1, false)]
    [InlineData(Limits.MaxMoneyMicro, true)]
    [InlineData(Limits.MaxMoneyMicro + 1, false)]
    public void Opening_deposits_have_bounds(long deposit, bool good)
    {
        GenesisBlock genesis = WireSamples.Genesis();
        AssertBuilds(
            genesis with
            {
                Accounts = [.. genesis.Accounts.Take(3),
                genesis.Accounts[3] with { Deposit = new(deposit) }]
            },
            good);
    }

    [Fact]
    public void What_is_named_twice_or_not_at_all_is_refused_by_name()
    {
        GenesisBlock genesis = WireSamples.Genesis();
        (GenesisBlock Genesis, string Problem)[] table =
        [
            (genesis with { Accounts = [.. genesis.Accounts, genesis.Accounts[3]] },
                "account alice: UserAlreadyExists"),
            (genesis with { Accounts = [.. genesis.Accounts, genesis.Accounts[3] with { Account = Account("b") }] },
                "account b: KeyAlreadyUsed"),
            (genesis with { Meters = [genesis.Meters[0], genesis.Meters[0]] }, "meter meter-1: MeterAlreadyAssigned"),
            (genesis with { Meters = [genesis.Meters[0] with { Owner = Account("b") }] },
                "meter meter-1: UserNotFound"),
            (genesis with { Agents = [new AgentGrant(Account("b"), Account("alice"))] },
                "agent alice for b: UserNotFound"),
            (genesis with { Books = [genesis.Books[0], genesis.Books[0]] }, "book north-solar is named twice"),
            (genesis with { Market = Market() with { Utility = Account("b") } },
                "the utility b is not among the accounts"),
            (genesis with { Market = Market() with { GridOperator = Account("b") } },
                "the grid operator b is not among the accounts"),
        ];
        foreach ((GenesisBlock bad, string expected) in table)
        {
            Assert.Null(bad.BuildState(out string? problem));
            Assert.Equal(expected, problem);
        }
    }

    [Fact]
    public void Any_other_genesis_has_another_hash()
    {
        GenesisBlock genesis = WireSamples.Genesis();
        Hash32[] hashes =
        [
            genesis.ComputeHash(),
            (genesis with { Chain = ChainId.Parse("village-2") }).ComputeHash(),
            (genesis with { Consensus = ConsensusProtocol.Pos }).ComputeHash(),
            (genesis with { Time = new Instant(1) }).ComputeHash(),
            (genesis with { Market = Market() with { Clock = MarketClock.Block } }).ComputeHash(),
            (genesis with { Books = [] }).ComputeHash(),
            (genesis with { Accounts = [] }).ComputeHash(),
            (genesis with { Meters = [] }).ComputeHash(),
            (genesis with { Agents = [] }).ComputeHash(),
        ];
        Assert.Equal(hashes.Length, hashes.Distinct().Count());
    }

    private static void AssertMarket(MarketParameters market, bool good) =>
        AssertBuilds(WireSamples.Genesis() with { Market = market }, good);

    private static void AssertBuilds(GenesisBlock genesis, bool good)
    {
        LedgerState? state = genesis.BuildState(out string? problem);
        Assert.Equal((good, good), (state is not null, problem is null));
        Assert.DoesNotContain("\n", problem ?? "", StringComparison.Ordinal);
    }
}
