using System;
using System.Linq;
using EnergyNode.Ledger;
using Xunit;
using static EnergyNode.Market.Tests.Execution.MarketFixture;
using Bounds = EnergyNode.Ledger.Limits;

namespace EnergyNode.Market.Tests.Execution;

/// <summary>More energy sold ahead than tokens could ever count: a close never fails.</summary>
public sealed class ForwardBoundTests
{
    /// <summary>9,300 of the largest orders, 9.3 × 10¹⁸ µWh, are beyond 2⁶³ base units.</summary>
    private const int Orders = 9_300;

    private const long Kwh = Orders * (Bounds.MaxEnergyWh / 1_000);
    private static readonly BookId Ahead = BookId.Parse("ahead");

    [Fact]
    public void Who_sold_more_than_tokens_can_count_pays_for_all_of_it()
    {
        MarketFixture market = Sold();
        RuleScript.Run(market, "gateway: deviation 1,000,000 500,000; read B 1 3 0; read A 1 0 5; close 1 -> None");
        long start = 1_000_000_000;
        Assert.Equal(start - (Kwh * 1_000_000) + 5_000, market.BalanceOf("A").Money.Micro);
        Assert.Equal(start + (Kwh * 500_000) - 1_500, market.BalanceOf("B").Money.Micro);
        Assert.Equal((Kwh * (Int128)1_000_000_000) - 3_000_000, ResidualOf(market, "B"));
        Assert.Equal((Kwh * (Int128)(-1_000_000_000)) + 5_000_000, ResidualOf(market, "A"));
        Assert.True(ResidualOf(market, "B") > long.MaxValue);
        Assert.Equal(new Grid(Bounds.MaxTotal), market.State.Totals.BoughtFromUtility);

        RuleScript.Run(market, "gateway: correct A 1 1 0 9; correct B 1 1 0 0; close 2 -> None");
        Assert.Equal(start - (Kwh * 1_000_000) + 9_000, market.BalanceOf("A").Money.Micro);
        Assert.Equal(start + (Kwh * 500_000), market.BalanceOf("B").Money.Micro);
    }

    [Fact]
    public void At_the_highest_price_balances_stop_at_their_bounds()
    {
        MarketFixture market = Sold();
        RuleScript.Run(market, "gateway: deviation 1,000,000,000 1,000,000,000; close 1 -> None");
        Assert.InRange(market.BalanceOf("A").Money.Micro, -Bounds.MaxBalance, 0);
        Assert.InRange(market.BalanceOf("B").Money.Micro, 0, Bounds.MaxBalance);
        Assert.Equal(LedgerError.None, market.RunOne("gateway", Close(2)));
    }

    /// <summary>The utility itself is charged nothing for what it does not deliver.</summary>
    [Fact]
    public void The_utility_may_have_sold_that_much_too()
    {
        MarketFixture market = Sold("utility");
        RuleScript.Run(market, "gateway: close 1 -> None");
        Assert.Equal(new Grid(Bounds.MaxTotal), market.State.Totals.BoughtFromUtility);
    }

    private static Int128 ResidualOf(MarketFixture market, string account) =>
        market.State.SettledAccounts[new AccountEpoch(Account(account), new EpochIndex(1))].Residual.Units;

    private static MarketFixture Sold(string seller = "A")
    {
        MarketFixture market = new(["A", "B"], change: genesis => genesis with
        {
            Market = genesis.Market with
            {
                GridFee = new Price(0),
                Retail = new Price(0),
            },
            Books =
            [
                new GenesisBook(Ahead, BookParameters.Default with
                {
                    Forward = new ForwardTerms(new EpochIndex(1), 0, 1),
                }),
            ],
        });
        for (int placed = 0; placed < Orders; placed += 300)
        {
            Run(market, seller, Side.Sell);
            Run(market, "B", Side.Buy);
        }

        Assert.Equal(LedgerError.None, market.RunOne("gateway", Close(0)));
        Assert.Equal(Orders, market.State.Positions.Count);
        return market;
    }

    private static void Run(MarketFixture market, string account, Side side)
    {
        Command order = new Command.PlaceOrder(
            Account(account), Ahead, side, TimeInForce.GoodTillCancelled, default, new WattHours(Bounds.MaxEnergyWh));
        Assert.All(
            market.Run(account, [.. Enumerable.Repeat(order, 300)]),
            receipt => Assert.Equal(LedgerError.None, receipt.Error));
    }
}
