using System;
using System.Collections.Generic;
using System.Linq;
using EnergyNode.Ledger;
using EnergyNode.Market.Execution;
using Xunit;
using static EnergyNode.Market.Tests.Execution.MarketFixture;

namespace EnergyNode.Market.Tests.Execution;

/// <summary>
/// Certificates: every error in order of precedence, and that no Wh is ever certified or claimed twice.
/// </summary>
public sealed class CertificateTests
{
    private const int OperationsPerEpoch = 60;
    private const int Crashes = 3;

    /// <summary>For each seed; REC_OPS=350000 makes a million in all.</summary>
    private static readonly int Operations =
        int.TryParse(Environment.GetEnvironmentVariable("REC_OPS"), out int wanted) ? wanted : 1_000;

    [Fact]
    public void Certificates_are_issued_for_whole_closed_epochs_and_once_only() =>
        RuleScript.Run(new MarketFixture(["A", "B"]), """
            gateway: read A 0 1 5; read B 0 1 0; certify A 0 -> None None EpochNotClosed
            gateway: close 0 -> None
            A: certify X 9 -> UnauthorizedOperator
            gateway: certify X 9; certify A 1; certify B 0 -> MeterNotFound EpochNotClosed NothingToCertify
            gateway: certify A -1 -> EpochNotClosed
            gateway: certify A 0; certify A 0 -> None NothingToCertify
            """);

    [Fact]
    public void A_bundle_is_split_passed_on_and_claimed_once() =>
        RuleScript.Run(new MarketFixture(["A", "B"]), """
            gateway: read A 0 1 5; close 0; certify A 0 -> None
            A: split A 1 0; split A 1 5; split A 1 -9 -> InvalidAmount
            A: split A 1 2 -> None
            B: pass A 2 B; split A 1 1; retire A 1 B 0 0 -> UnauthorizedOperator
            A: pass A 2 nobody; pass nobody 2 B -> UserNotFound
            A: pass A 2 A; pass A 7 B -> TransferToSelf CertificateNotFound
            A: pass A 2 B -> None
            A: pass A 2 B; retire A 2 A 0 0 -> CertificateNotOwned
            B: retire B 2 nobody 0 0; retire B 9 B 0 0 -> UserNotFound CertificateNotFound
            B: retire B 1 B 0 0 -> CertificateNotOwned
            B: retire B 2 B 1 0; retire B 2 B 0 1; retire B 2 B -1 0 -> InvalidClaimPeriod
            B: retire B 2 B -9223372036854775808 0 -> InvalidClaimPeriod
            B: retire B 2 A 0 0 -> None
            B: retire B 2 A 0 0; pass B 2 A; split B 2 1 -> CertificateRetired
            """);

    [Fact]
    public void A_split_keeps_the_first_and_cuts_off_the_last_watt_hours()
    {
        MarketFixture market = new(["A", "B"]);
        RuleScript.Run(market, """
            gateway: read A 0 0 5; close 0; certify A 0 -> None
            A: split A 1 2 -> None
            """);
        Assert.Equal((0, 3), Range(market, 1));
        Assert.Equal((3, 2), Range(market, 2));
        Assert.Equal(new RecHolding(2, new WattHours(5), default), market.State.RecHoldings[Account("A")]);
    }

    [Fact]
    public void Certificates_belong_to_whom_the_meter_belonged_to_when_it_was_read_and_end_after_a_year()
    {
        MarketFixture market = new(["A", "B"]);
        RuleScript.Run(market, """
            gateway: read A 0 0 5; read B 0 0 2; close 0; certify A 0 -> None
            """);
        Set(market, new EpochIndex(366 * 96));
        RuleScript.Run(market, "A: split A 1 1 -> None");
        Set(market, new EpochIndex((366 * 96) + 1));
        RuleScript.Run(market, """
            gateway: certify B 0 -> CertificateExpired
            A: split A 1 1; pass A 1 B; retire A 1 A 0 0 -> CertificateExpired
            """);
    }

    [Fact]
    public void Claims_and_holdings_have_limits()
    {
        MarketFixture market = new(["A", "B"]);
        RuleScript.Run(market, """
            gateway: read A 0 0 9; close 0; certify A 0 -> None
            A: split A 1 1; split A 1 1 -> None
            """);
        Set(market, new EpochIndex(366 * 96));
        RuleScript.Run(market, """
            A: retire A 1 A 0 35,136 -> InvalidClaimPeriod
            A: retire A 1 A 0 35,135 -> None
            """);
        RecHolding almost = new(Limits.MaxCertificateBundlesPerAccount - 1, default, default);
        market.State.RecHoldings.Set(Account("B"), almost);
        RuleScript.Run(market, """
            A: pass A 2 B -> None
            A: pass A 3 B -> TooManyCertificates
            """);
    }

    /// <summary>REC-7, over all bundles, in a random mix with crashes and batches that come again.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void No_watt_hour_is_certified_twice_or_claimed_twice(int seed)
    {
        Random random = new(seed);
        string[] homes = ["A", "B", "C"];
        MarketFixture market = new(homes);
        int operations = 0;
        int nextCrash = random.Next(1, Operations / Crashes);
        for (int epoch = 0; epoch < 12 || operations < Operations; epoch++)
        {
            foreach (string home in homes)
            {
                market.RunOne("gateway", Reading(home, epoch, random.Next(3), random.Next(6)));
            }

            market.RunOne("gateway", Close(epoch));
            for (int i = 0; i < OperationsPerEpoch; i++, operations++)
            {
                Command command = RandomCommand(random, homes, epoch);
                string signer = AccessTable.RequiredRole(command) == Role.None
                    ? AccessTable.OwnerOf(command).ToString()
                    : "gateway";
                market.RunOne(signer, command);
            }

            if (operations >= nextCrash)
            {
                nextCrash = operations + random.Next(1, Operations / Crashes) + (Operations / (2 * Crashes));
                market = Crash(market, random);
            }

            if (epoch % 16 == 11)
            {
                Check(market.State);
            }
        }

        Check(market.State);
        MarketFixture replay = market.Restarted();
        Assert.Equal(market.State.CommitRoot(), replay.State.CommitRoot());
        Assert.Empty(market.State.Generation.Keys.Except(replay.State.Generation.Keys));
        Assert.NotEqual(WattHours.Zero, market.State.RecTotals.Retired);
    }

    /// <summary>The same state comes back, and no batch of before is executed again.</summary>
    private static MarketFixture Crash(MarketFixture market, Random random)
    {
        MarketFixture restarted = market.Restarted();
        Assert.Equal(market.State.CommitRoot(), restarted.State.CommitRoot());
        (RecTotals Certificates, MarketTotals Market) before = (restarted.State.RecTotals, restarted.State.Totals);
        foreach (int at in Enumerable.Range(0, 8).Select(_ => random.Next(market.History.Count)))
        {
            SignedBatch[] again = market.History[at].Batches;
            Assert.All(
                restarted.Execute(again).Batches, batch => Assert.Equal(BatchStatus.NonceUnusable, batch.Status));
        }

        Assert.Equal(before, (restarted.State.RecTotals, restarted.State.Totals));
        Check(restarted.State);
        return restarted;
    }

    private static Command RandomCommand(Random random, string[] homes, int epoch)
    {
        string home = homes[random.Next(homes.Length)];
        string other = homes[random.Next(homes.Length)];
        int bundle = random.Next(1, Math.Max(2, (epoch + 1) * 10));
        return CommandText.Parse(random.Next(5) switch
        {
            0 => $"certify {home} {random.Next(epoch + 2)}",
            1 or 2 => $"split {home} {bundle} {random.Next(4)}",
            3 => $"pass {home} {bundle} {other}",
            _ => $"retire {home} {bundle} {other} {random.Next(epoch + 1)} {epoch}",
        });
    }

    private static void Check(LedgerState state)
    {
        Dictionary<MeterEpoch, List<RecBundle>> bundles = state.RecBundles.Keys
            .Select(id => state.RecBundles[id])
            .GroupBy(bundle => new MeterEpoch(bundle.Meter, bundle.Epoch))
            .ToDictionary(group => group.Key, group => group.OrderBy(bundle => bundle.FirstWh).ToList());
        foreach (MeterEpoch place in state.Generation.Keys)
        {
            Generation generation = state.Generation[place];
            Assert.True(generation.Issued <= generation.Verified);
            long next = 0;
            foreach (RecBundle bundle in bundles.GetValueOrDefault(place) ?? [])
            {
                Assert.Equal(next, bundle.FirstWh);
                next += bundle.Quantity.Wh;
            }

            Assert.Equal(generation.Issued.Wh, next);
            bundles.Remove(place);
        }

        Assert.Empty(bundles);
        RecBundle[] all = [.. state.RecBundles.Keys.Select(id => state.RecBundles[id])];
        Assert.Equal(state.RecTotals.Issued.Wh, all.Sum(bundle => bundle.Quantity.Wh));
        Assert.Equal(state.RecTotals.Retired.Wh, all.Where(b => b.IsRetired).Sum(bundle => bundle.Quantity.Wh));
        foreach (AccountId account in state.RecHoldings.Keys)
        {
            RecBundle[] own = [.. all.Where(bundle => bundle.Owner == account)];
            Assert.Equal(
                new RecHolding(
                    own.Count(bundle => !bundle.IsRetired),
                    new WattHours(own.Where(bundle => !bundle.IsRetired).Sum(bundle => bundle.Quantity.Wh)),
                    new WattHours(own.Where(bundle => bundle.IsRetired).Sum(bundle => bundle.Quantity.Wh))),
                state.RecHoldings[account]);
        }
    }

    /// <summary>As if all epochs before it had been closed without a reading.</summary>
    private static void Set(MarketFixture market, EpochIndex open) =>
        market.State.Totals = market.State.Totals with { OpenEpoch = open };

    private static (long First, long Quantity) Range(MarketFixture market, long id)
    {
        RecBundle bundle = market.State.RecBundles[new RecId(id)];
        return (bundle.FirstWh, bundle.Quantity.Wh);
    }
}
