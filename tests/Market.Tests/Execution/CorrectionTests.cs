using System.Collections.Generic;
using System.Linq;
using EnergyNode.Ledger;
using EnergyNode.Market.Tests.Books;
using Xunit;
using static EnergyNode.Market.Tests.Execution.MarketFixture;
using Bounds = EnergyNode.Ledger.Limits;

namespace EnergyNode.Market.Tests.Execution;

/// <summary>Deviations and what is found out after the close: docs/spec/settlement.md.</summary>
public sealed class CorrectionTests
{
    [Fact]
    public void Short_and_long_have_prices_of_their_own_where_they_are_set() =>
        RuleScript.Run(new MarketFixture(["A", "B"]), """
            A: deviation 1 1 -> UnauthorizedOperator
            gateway: deviation -1 0; deviation 0 -1; deviation 1,000,000,001 0; deviation 0 max -> InvalidPrice
            gateway: deviation 300,000 none; read A 0 100 0; read B 0 0 100; close 0 -> None
            = A 999,970,000 0 0 0
            = B 1,000,005,000 0 0 0
            gateway: deviation none 20,000; read A 1 100 0; read B 1 0 100; close 1 -> None
            = A 999,948,000 0 0 0
            = B 1,000,007,000 0 0 0
            gateway: deviation 1,000,000,000 0; deviation none none; read A 2 100 0; close 2 -> None
            = A 999,926,000 0 0 0
            # what is found out later is at the prices of its own epoch
            gateway: correct A 0 1 200 0; correct B 1 1 0 50 -> None
            = A 999,896,000 0 0 0
            = B 1,000,006,000 0 0 0
            """);

    [Fact]
    public void A_late_reading_settles_the_silence_and_mints_nothing_that_stays()
    {
        MarketFixture market = new(["A", "B"]);
        RuleScript.Run(market, """
            gateway: read B 0 0 500; close 0; close 1 -> None
            gateway: correct A 0 1 1,000 0; correct B 0 1 0 300 -> None
            = A 999,780,000 0 0 0
            = B 1,000,015,000 0 0 0
            = utility 10,000,205,000 0 0 0
            gateway: correct A 0 2 400 700 -> None
            # 300 Wh left over at 50,000 instead of 1,000 Wh at 220,000
            = A 1,000,015,000 0 0 0
            """);
        MarketTotals totals = market.State.Totals;
        Assert.Equal((1_000, 400, 400), (totals.Generation.Wh, totals.Consumption.Wh, totals.SelfConsumed.Wh));
        Assert.Equal((1_000_000_000, 1_000_000_000), (totals.Minted.Units, totals.Burned.Units));
        Assert.Equal((0, 600_000_000), (totals.BoughtFromUtility.Units, totals.SoldToUtility.Units));
        Assert.Equal(1, totals.Readings);
        Statement statement = market.State.Statements[Account("A")];
        Assert.Equal((-15_000, -15_000), (statement.Bill.Micro, statement.WithoutMarket.Micro));
        Assert.Equal(-15_000, market.State.CorrectionSums[Account("A")].Cost.Micro);
    }

    [Fact]
    public void What_was_traded_stays_and_only_the_deviation_is_settled_anew() =>
        RuleScript.Run(new MarketFixture(["A", "B"]), """
            gateway: read A 0 0 1,000; read B 0 1,000 0 -> None
            gateway: ask A home-spot 80,000 1,000; bid B home-spot 90,000 1,000; close 0 -> None
            = A 1,000,080,000 0 0 0
            = B 999,910,000 0 0 0
            # A had only 600: it sold 400 that it lacks. B used 700 and has 300 left over.
            gateway: correct A 0 1 0 600; correct B 0 1 700 0 -> None
            = A 999,992,000 0 0 0
            = B 999,925,000 0 0 0
            """);

    [Fact]
    public void Corrections_give_their_errors_in_order_and_change_nothing_twice()
    {
        MarketFixture market = new(["A", "B"]);
        RuleScript.Run(market, """
            gateway: zone z; feeder f z 1,000; connect B f 0 import; meter late A -> None
            gateway: read A 0 10 20; close 0; certify A 0; meter later A -> None
            A: correct nobody 0 1 1 1 A -> UnauthorizedOperator
            gateway: correct nobody 0 1 1 1; correct A 0 1 6,001 0 B -> MeterNotFound WrongMeterKey
            gateway: correct A 1 1 6,001 0; correct A 0 1 0 6,001 -> ReadingAboveRating
            gateway: correct B 1 1 0 1 -> ReadingAgainstDirection
            gateway: correct A 1 1 1 1; correct A -1 1 1 1; correct A max 1 1 1; correct A min 1 1 1 -> EpochNotClosed
            gateway: correct later 0 1 1 1 -> MeterNotSettled
            gateway: correct A 0 1 10 19 -> GenerationCertified
            gateway: correct A 0 2 9 20 -> None
            gateway: correct A 0 2 9 20 -> CorrectionAlreadyApplied
            gateway: correct A 0 1 9 99; correct A 0 2 8 99; correct A 0 2 9 0 -> CorrectionOutdated
            gateway: correct A 0 2 9 21; correct A 0 3 0 20; correct late 0 1 1 1 -> None
            gateway: certify A 0 -> NothingToCertify
            gateway: correct A 0 4 0 25; certify A 0; correct A 0 5 0 24 -> None None GenerationCertified
            """);
        Assert.Equal(new WattHours(25), market.State.Generation[new(MeterId.Parse("A"), default)].Issued);
        RuleScript.Run(market, """
            gateway: correct late 0 2 1 0; certify late 0 -> None NothingToCertify
            """);
        Assert.False(market.State.Generation.Contains(new MeterEpoch(MeterId.Parse("late"), default)));
    }

    [Fact]
    public void Corrections_are_possible_for_as_long_as_the_records_are_kept()
    {
        MarketFixture market = new(["A"]);
        long window = Bounds.CorrectionWindowEpochs;
        for (long epoch = 0; epoch < window; epoch++)
        {
            Assert.Equal(LedgerError.None, market.RunOne("gateway", Close(epoch)));
        }

        Assert.Equal(LedgerError.None, market.RunOne("gateway", CommandText.Parse("correct A 0 1 10 0")));
        Assert.Equal(LedgerError.None, market.RunOne("gateway", Close(window)));
        Assert.Equal(LedgerError.CorrectionTooLate, market.RunOne("gateway", CommandText.Parse("correct A 0 2 9 0")));
        Assert.Equal(LedgerError.None, market.RunOne("gateway", CommandText.Parse("correct A 1 1 10 0")));
        LedgerState state = market.State;
        Assert.Equal(
            (window, window, 1), (state.SettledPrices.Count, state.SettledMeters.Count, state.SettledAccounts.Count));
    }

    [Fact]
    public void A_correction_that_would_pass_a_bound_is_refused_whole()
    {
        MarketFixture market = new(["A"]);
        RuleScript.Run(market, "gateway: close 0 -> None");
        Balance utility = market.State.Balances[Account("utility")];
        Balance home = market.State.Balances[Account("A")];
        market.State.Balances.Set(Account("utility"), utility with { Money = new Money(Bounds.MaxBalance - 2_199) });
        market.State.Totals = market.State.Totals with
        {
            Deposited = new Money(Bounds.MaxBalance - 2_199) + home.Money,
        };
        RuleScript.Run(market, """
            gateway: correct A 0 1 10 0 -> AmountOverflow
            gateway: correct A 0 1 9 0 -> None
            """);
    }

    /// <summary>Versions and conflicts included, three meters of which two are one account's.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Corrections_in_any_order_and_any_number_of_times_give_the_same_root(ulong seed)
    {
        Xorshift random = new(seed);
        string[] meters = ["A", "B", "second"];
        List<string> corrections = [];
        for (int i = 0; i < 40; i++)
        {
            long used = random.Below(4) * 100;
            long made = random.Below(4) * 100;
            corrections.Add(
                $"correct {meters[random.Below(3)]} {random.Below(3)} {1 + random.Below(3)} {used} {made}");
        }

        Hash32 expected = Corrected(corrections);
        for (int order = 0; order < 8; order++)
        {
            string[] shuffled = [.. corrections.OrderBy(_ => random.Below(1_000_000))];
            Assert.Equal(expected, Corrected([.. shuffled]));
            Assert.Equal(expected, Corrected([.. shuffled, .. corrections]));
        }

        Assert.NotEqual(expected, Corrected(corrections[..^20]));
    }

    private static Hash32 Corrected(IReadOnlyList<string> corrections)
    {
        MarketFixture market = new(["A", "B"]);
        RuleScript.Run(market, """
            gateway: meter second A; read A 0 100 300; read B 0 200 0 -> None
            gateway: ask A home-spot 80,000 150; bid B home-spot 95,001 170; close 0 -> None
            gateway: read second 1 100 0; close 1; deviation 333,333 77,777; close 2 -> None
            """);
        market.Run("gateway", [.. corrections.Select(CommandText.Parse)]);
        return market.State.CommitRoot();
    }
}
