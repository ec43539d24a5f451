using System;
using System.Linq;
using EnergyNode.Ledger;
using Xunit;
using static EnergyNode.Market.Tests.Execution.MarketFixture;

namespace EnergyNode.Market.Tests.Execution;

/// <summary>What reaches beyond the governance itself: the calendar, upgrades, genesis.</summary>
public sealed class GovernanceEffectTests
{
    [Fact]
    public void When_epochs_change_their_length_the_next_starts_where_the_open_one_ends()
    {
        MarketFixture market = GovernanceTests.Council(1, 0);
        RuleScript.Run(market, """
            gateway: close 0; read A 1 0 5 -> None
            c1: propose length 300 -> None
            """);
        Instant end = market.State.Parameters.EndOf(new EpochIndex(1));
        RuleScript.Run(market, "gateway: close 1 -> None");

        Assert.Equal(end, market.State.OpenEpochStart);
        Assert.Equal(end.Plus(Duration.FromSeconds(300)), market.State.EndOf(new EpochIndex(2)));
        Assert.Equal(end, market.State.EndOf(new EpochIndex(1)));
        Assert.Equal(FirstEpoch.Plus(EpochLength), market.State.EndOf(new EpochIndex(0)));
        RuleScript.Run(market, """
            c1: propose length 900; propose grace 299 -> None
            gateway: close 2; close 3 -> None
            """);
        Assert.Equal([LedgerError.None, LedgerError.None, LedgerError.None],
            market.State.Decisions.Keys.Select(number => market.State.Decisions[number].Refusal));
        Assert.Equal(end.Plus(Duration.FromSeconds(300)), market.State.EndOf(new EpochIndex(2)));
        Assert.Equal(end.Plus(Duration.FromSeconds(1_200)), market.State.EndOf(new EpochIndex(3)));
        Assert.Equal(end.Plus(Duration.FromSeconds(1_200)), market.State.OpenEpochStart);
        Assert.Equal(FirstEpoch.Plus(EpochLength), market.State.EndOf(new EpochIndex(0)));
    }

    [Fact]
    public void Readings_and_ratings_follow_the_new_length()
    {
        MarketFixture market = GovernanceTests.Council(1, 0);
        RuleScript.Run(market, """
            gateway: read A 0 6,000 0; read B 0 6,001 0 -> None ReadingAboveRating
            c1: propose length 300 -> None
            gateway: close 0 -> None
            """);
        Command reading = Reading("A", 1, 2_001, 0);
        Assert.Equal(LedgerError.ReadingAboveRating, market.RunOne("gateway", reading));
        Assert.Equal(LedgerError.None, market.RunOne("gateway", Reading("A", 1, 2_000, 0)));
    }

    [Fact]
    public void A_certificate_ages_by_the_calendar_of_its_epoch()
    {
        MarketFixture market = GovernanceTests.Council(1, 0);
        RuleScript.Run(market, """
            gateway: read A 0 0 5; close 0 -> None
            c1: propose length 86,400 -> None
            gateway: close 1; certify A 0 -> None
            """);
        Instant expiry = FirstEpoch.Plus(EpochLength).Plus(new Duration(Limits.CertificateLifeMicros));
        long open = 2;
        while (market.State.OpenEpochStart.Plus(Duration.FromSeconds(86_400)) < expiry)
        {
            market.Run("gateway", Close(open));
            open++;
        }

        RuleScript.Run(market, "A: split A 1 1 -> None");
        market.Run("gateway", Close(open));
        Assert.True(market.State.OpenEpochStart >= expiry);
        RuleScript.Run(market, "A: split A 1 1 -> CertificateExpired");
    }

    [Fact]
    public void Under_the_block_clock_a_decision_moves_the_closes_to_come()
    {
        MarketFixture market = GovernanceTests.Council(1, 0, clock: MarketClock.Block);
        Instant end = market.State.Parameters.EndOf(market.State.Totals.OpenEpoch);
        market.Now = new Instant(end.Micros - 1);
        SignedBatch propose = market.Sign("c1", BatchFlags.None, new Command.Propose(
            new GovernanceAction.SetEpochLength(Duration.FromSeconds(60)), market.Now, end));
        market.Execute(propose);
        market.Now = end;
        market.Execute();
        Assert.Equal(1, market.State.Totals.OpenEpoch.Value);

        market.Now = end.Plus(Duration.FromSeconds(59));
        market.Execute();
        Assert.Equal(1, market.State.Totals.OpenEpoch.Value);
        market.Now = end.Plus(Duration.FromSeconds(60));
        market.Execute();
        Assert.Equal(2, market.State.Totals.OpenEpoch.Value);
    }

    [Fact]
    public void Old_software_stops_before_the_first_block_of_an_upgrade_and_says_so()
    {
        MarketFixture market = GovernanceTests.Council(1, 0);
        RuleScript.Run(market, """
            c1: propose upgrade 2 6; propose upgrade 3 9 -> None
            gateway: close 0 -> None
            c1: propose upgrade 4 8; propose upgrade 2 3 -> InvalidUpgrade
            """);
        Assert.Equal(
            [LedgerError.None, LedgerError.InvalidUpgrade],
            market.State.Decisions.Keys.Select(number => market.State.Decisions[number].Refusal));
        market.Execute();
        market.Execute();
        Hash32 root = market.State.CommitRoot();

        ProtocolUpgradeException stop = Assert.Throws<ProtocolUpgradeException>(() => market.Execute());

        Assert.Equal(new Height(6), stop.Height);
        Assert.Contains("protocol version 2", stop.Message, StringComparison.Ordinal);
        Assert.Equal(root, market.State.CommitRoot());
    }

    [Theory]
    [InlineData(1, 0, true)]
    [InlineData(4, 2_592_000, true)]
    [InlineData(5, 0, false)]
    [InlineData(0, 0, false)]
    [InlineData(1, 2_592_001, false)]
    [InlineData(1, -1, false)]
    public void A_genesis_names_terms_that_its_holders_can_meet(int threshold, long lockSeconds, bool valid)
    {
        GenesisBlock genesis = GovernanceTests.Council(1, 0).Genesis with
        {
            Governance = new GovernanceTerms(threshold, Duration.FromSeconds(lockSeconds)),
        };
        Assert.Equal(valid, genesis.BuildState(out string? problem) is not null);
        Assert.Equal(valid, problem is null);
    }
}
