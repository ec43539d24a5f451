using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using EnergyNode.Ledger;
using EnergyNode.Market.Billing;
using EnergyNode.Market.Tests.Books;
using EnergyNode.Market.Tests.Execution;
using Xunit;
using static EnergyNode.Market.Tests.Execution.MarketFixture;

namespace EnergyNode.Market.Tests.Coupling;

/// <summary>
/// Random trades over all distances, with factors, prices, places and readings that change: losses against the naive
/// ones, and everything else against the same market without losses.
/// </summary>
public sealed class LossLawTests
{
    private const int Epochs = 6;

    [Fact]
    public void Losses_are_what_the_naive_ones_are_and_change_nothing_else()
    {
        long lossy = 0;
        for (ulong seed = 1; seed <= 60; seed++)
        {
            lossy += Run(seed);
        }

        Assert.True(lossy > 300, $"only {lossy} accounts of all runs have lost anything");
    }

    private static int Run(ulong seed)
    {
        Xorshift random = new((seed * 0x9E37_79B9) + 5);
        NaiveLosses naive = new();
        long exportW = 1_000 * random.Between(0, 8);
        MarketFixture market = CoupledMarket.Make(exportW, false, naive.Note, naive.Note);
        MarketFixture other = CoupledMarket.Make(exportW, reverseBooks: true);
        BillBuilder[] bills = [.. market.State.Balances.Keys.Select(
            account => new BillBuilder(market.State, account, default, null))];
        market.EpochObservers.AddRange(bills.Select(bill => (System.Action<EpochIndex>)bill.Close));
        long[] next = naive.Ppm;
        for (int epoch = 0; epoch < Epochs; epoch++)
        {
            List<string> texts = Texts(random, epoch);
            long shortPrice = random.Between(0, 400_000);
            texts.Add($"deviation {shortPrice} none");
            if (random.Below(3) == 0)
            {
                string feeder = random.Below(2) == 0 ? "n1" : "s1";
                naive.Feeders["S3"] = feeder == "n1" ? "north/n1" : "south/s1";
                texts.Add($"connect S3 {feeder} 24,000 both");
            }

            if (random.Below(2) == 0)
            {
                next = [.. Enumerable.Range(0, 3).Select(_ => (long)random.Below(Limits.MaxLossPpm + 1)).Order()];
            }

            Both(market, other, texts, $"propose losses {string.Join(' ', next)}");
            Both(market, other, [$"close {epoch}"], null);
            naive.Close(epoch, shortPrice);
            naive.Ppm = next;
            Compare(market.State, other.State, naive, $"seed {seed}, epoch {epoch}");
        }

        Assert.Equal(0, bills.Sum(bill => bill.Result!.Total.Micro));
        Assert.Equal(
            market.State.Totals.PaidForLosses.Micro, bills.Sum(bill => bill.Result!.Items.PaidForLosses.Micro));
        Assert.All(bills, bill => Assert.Equal(Money.Zero, bill.Result!.PaidIn));
        return naive.Lost.Count(one => one.Value > 0);
    }

    /// <summary>The other market has a proposal in its place that changes nothing.</summary>
    private static void Both(MarketFixture market, MarketFixture other, List<string> texts, string? losses)
    {
        Command[] commands = [.. texts.Select(CommandText.Parse)];
        string[] errors = [.. Errors(market, commands, losses)];
        Assert.Equal(errors, Errors(other, commands, losses is null ? null : "propose losses 0 0 0"));
    }

    private static IEnumerable<string> Errors(MarketFixture market, Command[] commands, string? proposal) =>
        market.Run("gateway", proposal is null ? commands : [.. commands, CommandText.Parse(proposal)])
            .Select(receipt => $"{receipt.Error} {receipt.Value}");

    private static List<string> Texts(Xorshift random, int epoch)
    {
        List<string> texts = [.. CoupledMarket.Homes.Select(
            home => $"read {home} {epoch} {random.Below(300)} {random.Below(900)}")];
        for (int i = 0; i < 24; i++)
        {
            string home = CoupledMarket.Homes[random.Below(6)];
            string book = home[0] == 'E' || random.Below(4) == 0 ? "home-spot"
                : (home[0] == 'N' ? "north" : "south") + (random.Below(3) == 0 ? "-1" : "");
            texts.Add(random.Below(2) == 0
                ? $"bid {home} {book} {10_000 * random.Between(1, 12)} {random.Between(1, 400)}"
                : $"ask {home} {book} {10_000 * random.Between(0, 9)} {random.Between(1, 400)}");
        }

        if (epoch > 0)
        {
            texts.Add($"correct N1 {epoch - 1} {epoch} {random.Below(300)} {random.Below(900)}");
        }

        return texts;
    }

    private static void Compare(LedgerState state, LedgerState other, NaiveLosses naive, string where)
    {
        BigInteger paid = 0;
        foreach (AccountId account in state.Balances.Keys)
        {
            string name = account.ToString();
            Statement statement = state.Statements.GetOrDefault(account);
            Assert.Equal(
                (where, name, naive.Lost.GetValueOrDefault(name), naive.Paid.GetValueOrDefault(name)),
                (where, name, statement.Losses.Units, statement.PaidForLosses.Micro));
            Assert.Equal(
                other.Statements.GetOrDefault(account),
                statement with { Losses = Grid.Zero, PaidForLosses = Money.Zero });
            Assert.Equal(other.Balances[account].Tokens, state.Balances[account].Tokens);
            if (name != "utility")
            {
                Assert.Equal(
                    other.Balances[account].Money - statement.PaidForLosses, state.Balances[account].Money);
                paid += statement.PaidForLosses.Micro;
            }
        }

        Assert.Equal(
            other.Balances[Account("utility")].Money.Micro + paid, state.Balances[Account("utility")].Money.Micro);
        Assert.Equal(paid, state.Totals.PaidForLosses.Micro);
        Assert.Equal(naive.Lost.Values.Aggregate(BigInteger.Zero, BigInteger.Add), state.Totals.Losses.Units);
        Assert.Equal(
            other.Totals, state.Totals with { Losses = Grid.Zero, PaidForLosses = Money.Zero });
        Assert.Equal(0, state.OpenLosses.Count);
    }
}
