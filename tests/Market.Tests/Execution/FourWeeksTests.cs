using System.Collections.Generic;
using System.Linq;
using EnergyNode.Ledger;
using EnergyNode.Market.Billing;
using EnergyNode.Market.Tests.Books;
using Xunit;
using static EnergyNode.Market.Tests.Execution.MarketFixture;

namespace EnergyNode.Market.Tests.Execution;

/// <summary>
/// 28 days with deviations, corrections, fees and decisions of the governance in the middle: nothing is lost, bills add
/// up, order does not matter.
/// </summary>
public sealed class FourWeeksTests
{
    private const int Week = 7 * 96;
    private static readonly FourWeeks Data = new(28);

    [Fact]
    public void Late_in_any_order_or_in_time_it_comes_to_the_same_and_bills_add_up()
    {
        MarketFixture late = new(Data.Homes);
        string[] accounts = [.. late.State.Balances.Keys.Select(account => account.ToString())];
        BillBuilder[] builders = [.. accounts.SelectMany(account => Periods(late, account))];
        Data.Run(late, new Xorshift(1));
        CheckBills(late, [.. builders.Select(builder => builder.Result!)]);

        MarketFixture shuffled = new(Data.Homes);
        Data.Run(shuffled, new Xorshift(2));
        Assert.Equal(late.State.CommitRoot(), shuffled.State.CommitRoot());

        MarketFixture replay = new(Data.Homes, reverseBooks: true);
        late.History.ForEach(block => replay.Execute(block.Block, block.Batches));
        Assert.Equal(late.State.CommitRoot(), replay.State.CommitRoot());

        MarketFixture inTime = new(Data.Homes);
        Data.Run(inTime, null);
        CheckSame(inTime.State, late.State);
    }

    /// <summary>Four weeks, all of them, and all that is closed.</summary>
    private static BillBuilder[] Periods(MarketFixture market, string account)
    {
        EpochIndex?[] ends = [new(Week - 1), new(2 * Week - 1), new(3 * Week - 1), new(4 * Week - 1)];
        BillBuilder[] builders =
        [
            .. ends.Select((end, week) => new BillBuilder(
                market.State, Account(account), new EpochIndex(week * Week), end)),
            new BillBuilder(market.State, Account(account), default, ends[3]),
            new BillBuilder(market.State, Account(account), default, null),
            new BillBuilder(market.State, Account(account), default, new EpochIndex(4 * Week)),
        ];
        Assert.All(builders, builder => market.EpochObservers.Add(builder.Close));
        return builders;
    }

    private static void CheckBills(MarketFixture market, Bill?[] bills)
    {
        Bill[] all = [.. bills.OfType<Bill>()];
        Assert.Equal(market.State.Balances.Count * 6, all.Length);
        Money total = Money.Zero;
        foreach (IGrouping<AccountId, Bill> group in all.GroupBy(bill => bill.Account))
        {
            Bill[] weeks = [.. group.Take(4)];
            Bill whole = group.ElementAt(4);
            Assert.Equal(whole, group.ElementAt(5));
            Assert.Equal(whole.Total.Micro, weeks.Sum(bill => bill.Total.Micro));
            Assert.Equal(whole.Corrections.Cost.Micro, weeks.Sum(bill => bill.Corrections.Cost.Micro));
            Assert.Equal(whole.Items.Consumption.Wh, weeks.Sum(bill => bill.Items.Consumption.Wh));
            Assert.Equal(weeks[3].BalanceAfter, market.State.Balances[group.Key].Money);
            Assert.All(weeks.Zip(weeks.Skip(1)), pair => Assert.Equal(
                pair.First.BalanceAfter, pair.Second.BalanceBefore));
            bool pays = group.Key == Account(Data.Homes[0]);
            Assert.Equal(pays ? FourWeeks.PaidIn : 0, whole.PaidIn.Micro);
            Assert.Equal(whole.PaidIn, weeks[2].PaidIn);
            total += whole.Total;
        }

        Assert.Equal(Money.Zero, total);
        Assert.Contains(all, bill => bill.Corrections.Cost > Money.Zero);
        Assert.Contains(all, bill => bill.FeeIncome > Money.Zero);
        CheckLosses(market, all);
    }

    /// <summary>In the first week there are losses at its end only, in all others throughout.</summary>
    private static void CheckLosses(MarketFixture market, Bill[] all)
    {
        Bill[] buyers = [.. all.Where(bill => bill.Items.PaidForLosses > Money.Zero)];
        Assert.Equal([0, 1, 2, 3], buyers.Select(bill => (int)(bill.From.Value / Week)).Distinct().Order());
        Bill[] whole = [.. all.Chunk(6).Select(bills => bills[4])];
        Assert.Equal(market.State.Totals.Losses.Units, whole.Sum(bill => bill.Items.Losses.Units));
        Assert.Equal(market.State.Totals.PaidForLosses.Micro, whole.Sum(bill => bill.Items.PaidForLosses.Micro));
        Assert.True(market.State.Totals.Losses > Grid.Zero);
    }

    private static void CheckSame(LedgerState inTime, LedgerState late)
    {
        Assert.True(Data.Corrections > 2_000);
        Assert.True(inTime.Totals.Trades > 1_000);
        Assert.Equal(
            FourWeeks.Decisions,
            late.Decisions.Keys.Count(number => late.Decisions[number].Refusal == LedgerError.None));
        Assert.Equal(inTime.Totals, late.Totals with { Readings = inTime.Totals.Readings });
        foreach (AccountId account in inTime.Balances.Keys)
        {
            Assert.Equal(inTime.Balances[account], late.Balances[account]);
            Assert.Equal(inTime.Statements.GetOrDefault(account), late.Statements.GetOrDefault(account));
        }

        Assert.Equal(Rows(inTime.Generation), Rows(late.Generation));
        Assert.Equal(Rows(inTime.SettledAccounts), Rows(late.SettledAccounts));
        foreach (string home in Data.Homes)
        {
            Statement statement = late.Statements[Account(home)];
            Assert.Equal(Data.TruthOf(home), (statement.Consumption.Wh, statement.Generation.Wh));
        }
    }

    private static IEnumerable<(TKey Key, TValue Value)> Rows<TKey, TValue>(Table<TKey, TValue> table)
        where TKey : struct, System.IEquatable<TKey>, System.IComparable<TKey>
        where TValue : struct => table.Keys.Select(key => (key, table[key]));
}
