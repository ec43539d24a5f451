using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using EnergyNode.Ledger;
using EnergyNode.Market.Execution;
using EnergyNode.Market.Tests.Books;
using Xunit;

namespace EnergyNode.Market.Tests.Execution.Naive;

/// <summary>The ledger and the market against the same rules written naively, on random blocks.</summary>
public sealed class NaiveMarketTests
{
    private const int Runs = 100;
    private const int BlocksPerRun = 60;
    private const string GoldenRoot = "8c4d1a63a372b8163f3ed158a489432bdac68c4f87a5eadfa9a8b9e7437403d7";

    /// <summary>Of other books and terms than these runs have; see <see cref="OrderTermsTests"/>.</summary>
    private static readonly string[] TermErrors =
    [
        nameof(LedgerError.OrderAlreadyFilled), nameof(LedgerError.BookClosed), nameof(LedgerError.InvalidOrderTerms),
        nameof(LedgerError.WouldTrade), nameof(LedgerError.InvalidBookParameters), nameof(LedgerError.TooManyBooks),
    ];

    [Theory]
    [InlineData(MarketClock.Oracle)]
    [InlineData(MarketClock.Block)]
    public void Random_blocks_give_what_the_naive_market_gives(MarketClock clock)
    {
        SortedSet<string> seen = new(System.StringComparer.Ordinal);
        for (ulong seed = 1; seed <= Runs; seed++)
        {
            Run(seed, clock, seen);
        }

        string[] expected = [.. NaiveMarket.Errors.Select(error => error.ToString())
            .Except([nameof(LedgerError.AmountOverflow), nameof(LedgerError.TooManyOrders)])
            .Except(TermErrors)
            .Except([clock == MarketClock.Oracle ? nameof(LedgerError.EpochClosedByClock) : ""])
            .Concat(System.Enum.GetNames<BatchStatus>())];
        Assert.Empty(expected.Except(seen));
        Assert.Empty(NaiveMarket.Commands.Select(type => type.Name + " done")
            .Except(clock == MarketClock.Block ? ["CloseEpoch done"] : []).Except(seen));
    }

    [Fact]
    public void The_root_of_a_fixed_run_never_changes()
    {
        string root = Run(7, MarketClock.Oracle, []).ToString();
        Assert.True(root == GoldenRoot, $"the root is {root}");
    }

    [Fact]
    public void The_same_batches_in_other_blocks_give_the_same_balances()
    {
        for (ulong seed = 1; seed <= 20; seed++)
        {
            Xorshift random = new(seed);
            List<SignedBatch> batches = Stream(random);
            MarketFixture[] markets = [.. Enumerable.Range(0, 4).Select(_ => Market(MarketClock.Oracle))];
            foreach ((MarketFixture market, int index) in markets.Select((market, index) => (market, index)))
            {
                for (int start = 0, size; start < batches.Count; start += size)
                {
                    size = index switch { 0 => 1, 1 => batches.Count, _ => (int)random.Between(1, 9) };
                    size = System.Math.Min(size, batches.Count - start);
                    market.Execute([.. batches.Skip(start).Take(size)]);
                }

                Assert.True(market.State.Totals.Trades > 10, $"seed {seed}: {market.State.Totals.Trades} trades");
                Assert.Equal(Picture(markets[0].State), Picture(market.State));
            }
        }
    }

    private static MarketFixture Market(MarketClock clock) => new(
        ["A", "B", "C", "D"], clock, grace: Duration.FromSeconds(60))
    { Now = MarketFixture.FirstEpoch };

    private static Hash32 Run(ulong seed, MarketClock clock, SortedSet<string> seen)
    {
        MarketFixture market = Market(clock);
        NaiveMarket naive = new(market.Genesis);
        RandomBlocks random = new(seed);
        BlockOutcome outcome = market.Execute();
        for (int block = 0; block < BlocksPerRun; block++)
        {
            market.Now = market.Now.Plus(Duration.FromSeconds(1 + random.Below(700)));
            List<SignedBatch> batches = random.Next(naive.State, market.Now.Plus(Duration.FromSeconds(30)));
            outcome = market.Execute([.. batches]);
            List<string> expected = [];
            foreach ((BatchStatus status, List<(LedgerError Error, long Value)> receipts) in naive.Execute(
                market.Now, batches))
            {
                expected.Add($"{status}: {string.Join(' ', receipts)}");
            }

            string[] actual = [.. outcome.Batches.Select(batch =>
                $"{batch.Status}: {string.Join(' ', batch.Receipts?.Receipts.Select(r => (r.Error, r.Value)) ?? [])}")];
            string where = $"seed {seed}, block {block}: ";
            Assert.Equal(where + string.Join('\n', expected), where + string.Join('\n', actual));
            Assert.Equal(where + Picture(naive.State), where + Picture(market.State));
            Note(outcome, seen);
        }

        return outcome.StateRoot;
    }

    private static void Note(BlockOutcome outcome, SortedSet<string> seen)
    {
        foreach (BatchOutcome batch in outcome.Batches)
        {
            seen.Add(batch.Status.ToString());
            for (int i = 0; i < batch.Receipts?.Receipts.Count; i++)
            {
                LedgerError error = batch.Receipts.Receipts[i].Error;
                seen.Add(error == LedgerError.None ? batch.Batch.Commands[i].GetType().Name + " done"
                    : error.ToString());
                seen.Add(error.ToString());
            }
        }
    }

    private static string Picture(NaiveState state)
    {
        List<string> lines = [string.Join(' ', state.Totals)];
        foreach ((string name, NaiveAccount account) in state.Accounts)
        {
            lines.Add($"{name} {account.Money} {state.MoneyHeld(name)} {account.Tokens} {state.TokensHeld(name)}");
            lines.Add(string.Join(' ', account.Statement));
        }

        lines.AddRange(
            state.Orders.Select(order => $"{order.Id} {order.Owner} {order.Book} {order.Limit} {order.Rest}"));
        return string.Join('\n', lines);
    }

    private static string Picture(LedgerState state)
    {
        BorshWriter writer = new();
        state.Totals.Encode(writer);
        List<string> lines = [Numbers(writer)];
        foreach (AccountId account in state.Users.Keys)
        {
            Balance balance = state.Balances[account];
            lines.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"{account} {balance.Money.Micro} {balance.MoneyHeld.Micro} ")
                + string.Create(CultureInfo.InvariantCulture, $"{balance.Tokens.Units} {balance.TokensHeld.Units}"));
            writer.Clear();
            state.Statements.GetOrDefault(account).Encode(writer);
            lines.Add(Numbers(writer));
        }

        foreach (OrderId id in state.Orders.Keys)
        {
            OpenOrder order = state.Orders[id];
            lines.Add($"{id} {order.Owner} {order.Book} {order.Limit.MicroPerKwh} {order.Remaining.Wh}");
        }

        return string.Join('\n', lines);
    }

    private static string Numbers(BorshWriter writer)
    {
        BorshReader reader = new(writer.WrittenSpan);
        List<long> numbers = [];
        while (reader.Remaining > 0)
        {
            numbers.Add(reader.I64());
        }

        return string.Join(' ', numbers);
    }

    /// <summary>Batches without cancels: only these free funds at the end of a block.</summary>
    private static List<SignedBatch> Stream(Xorshift random)
    {
        MarketFixture signing = Market(MarketClock.Oracle);
        string[] homes = ["A", "B", "C", "D"];
        List<SignedBatch> batches = [];
        for (int epoch = 0; epoch < 12; epoch++)
        {
            batches.AddRange(homes.Select(home => signing.Sign(
                "gateway",
                BatchFlags.None,
                MarketFixture.Reading(home, epoch, random.Below(500), random.Below(500)))));
            for (int i = 0; i < 12; i++)
            {
                string kind = random.Below(2) == 0 ? "bid" : "ask";
                string home = homes[random.Below(4)];
                Command command = CommandText.Parse(
                    $"{kind} {home} home-spot {random.Between(9_000, 90_000)} {random.Between(1, 99)} gtc");
                batches.Add(signing.Sign(
                    "gateway", random.Below(3) == 0 ? BatchFlags.Atomic : BatchFlags.None, command));
            }

            batches.Add(signing.Sign("gateway", BatchFlags.None, MarketFixture.Close(epoch)));
        }

        return batches;
    }
}
