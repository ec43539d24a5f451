using System.Collections.Generic;
using System.Linq;
using EnergyNode.Ledger;
using EnergyNode.Market.Execution;
using EnergyNode.Market.Tests.Books;
using Xunit;
using static EnergyNode.Market.Tests.Execution.MarketFixture;

namespace EnergyNode.Market.Tests.Execution;

/// <summary>What happens to a batch as a whole: its signer, its time, its nonce, its flags.</summary>
public sealed class BatchRuleTests
{
    private static readonly Command Harmless = CommandText.Parse("bid A home-spot 0 1");

    [Fact]
    public void A_signer_that_is_no_user_is_passed_over_until_it_is_registered()
    {
        MarketFixture market = new(["A"]);
        SignedBatch batch = market.Sign("N", BatchFlags.None, 1, CommandText.Parse("bid N home-spot 0 1"));
        Hash32 before = market.Execute().StateRoot;

        BlockOutcome outcome = market.Execute(batch);

        Assert.Equal((BatchStatus.UnknownSigner, null), (outcome.Batches[0].Status, outcome.Batches[0].Receipts));
        Assert.Equal(before, outcome.StateRoot);
        Assert.Equal(LedgerError.None, market.RunOne("gateway", CommandText.Parse("register N")));
        Assert.Equal(BatchStatus.Executed, Status(market, batch));
    }

    [Theory]
    [InlineData(-1, BatchStatus.Expired)]
    [InlineData(0, BatchStatus.Executed)]
    [InlineData(3_600_000_000, BatchStatus.Executed)]
    [InlineData(3_600_000_001, BatchStatus.ValidTooLong)]
    public void A_batch_is_valid_from_one_hour_before_its_end_to_its_end(long microsAfterBlock, BatchStatus expected)
    {
        MarketFixture market = new(["A"]);
        Instant until = market.Now.Plus(new Duration(microsAfterBlock));
        Assert.Equal(expected, Status(market, SignUntil("A", BatchFlags.None, 1, until, Harmless)));
    }

    [Theory]
    [InlineData(long.MinValue, BatchStatus.Expired)]
    [InlineData(long.MaxValue, BatchStatus.ValidTooLong)]
    public void Extreme_times_are_refused_and_not_calculated_with(long until, BatchStatus expected) => Assert.Equal(
        expected, Status(new MarketFixture(["A"]), SignUntil("A", BatchFlags.None, 1, new Instant(until), Harmless)));

    [Fact]
    public void Any_unused_nonce_of_the_window_is_good_once_and_no_other()
    {
        MarketFixture market = new(["A"]);
        (long Nonce, BatchStatus Expected)[] table =
        [
            (Limits.NonceWindow + 1, BatchStatus.NonceUnusable),
            (Limits.NonceWindow, BatchStatus.Executed),
            (Limits.NonceWindow, BatchStatus.NonceUnusable),
            (1, BatchStatus.Executed),
            (1, BatchStatus.NonceUnusable),
            (500, BatchStatus.Executed),
            (2 * Limits.NonceWindow + 1, BatchStatus.NonceUnusable),
            (2 * Limits.NonceWindow, BatchStatus.Executed),
            (Limits.NonceWindow, BatchStatus.NonceUnusable),
            (2, BatchStatus.NonceUnusable),
            (Limits.NonceWindow + 1, BatchStatus.Executed),
            (Limits.NonceWindow + 500, BatchStatus.Executed),
            (2 * Limits.NonceWindow + 1, BatchStatus.Executed),
            (Limits.NonceWindow + 1, BatchStatus.NonceUnusable),
        ];
        foreach ((long nonce, BatchStatus expected) in table)
        {
            Assert.Equal(
                (nonce, expected), (nonce, Status(market, market.Sign("A", BatchFlags.None, nonce, Harmless))));
        }
    }

    [Fact]
    public void The_nonce_window_is_the_set_of_used_nonces_whatever_their_order()
    {
        Xorshift random = new(0x5EED);
        NonceWindow window = default;
        HashSet<long> used = [];
        long highest = 0;
        for (int step = 0; step < 20_000; step++)
        {
            long nonce = highest + random.Between(-1_100, random.Below(20) == 0 ? 1_100 : 3);
            bool expected = nonce >= 1 && nonce > highest - Limits.NonceWindow
                && nonce <= highest + Limits.NonceWindow && !used.Contains(nonce);
            Assert.Equal((nonce, expected), (nonce, window.Accepts(nonce)));
            if (expected)
            {
                window = window.With(nonce);
                used.Add(nonce);
                highest = nonce > highest ? nonce : highest;
            }
        }

        Assert.Equal(highest, window.Highest);
    }

    [Fact]
    public void A_dropped_batch_does_not_block_later_ones_and_may_still_come()
    {
        MarketFixture market = new(["A"]);
        SignedBatch dropped = market.Sign("A", BatchFlags.None, Harmless);
        Assert.Equal(BatchStatus.Executed, Status(market, market.Sign("A", BatchFlags.None, Harmless)));
        Assert.Equal(BatchStatus.Executed, Status(market, market.Sign("A", BatchFlags.None, Harmless)));
        Assert.Equal(BatchStatus.Executed, Status(market, dropped));
    }

    [Fact]
    public void An_in_order_batch_is_passed_over_until_its_predecessor_is_executed()
    {
        MarketFixture market = new(["A"]);
        SignedBatch[] stream =
        [
            .. Enumerable.Range(0, 4).Select(_ => market.Sign("A", BatchFlags.InOrder, Harmless)),
        ];

        Assert.Equal(
            [BatchStatus.OutOfOrder, BatchStatus.Executed, BatchStatus.OutOfOrder],
            market.Execute(stream[1], stream[0], stream[2]).Batches.Select(batch => batch.Status));
        Assert.Equal(
            [BatchStatus.OutOfOrder, BatchStatus.Executed, BatchStatus.Executed, BatchStatus.Executed],
            new[] { 3, 1, 2, 3 }.Select(index => Status(market, stream[index])));
        Assert.Equal(BatchStatus.NonceUnusable, Status(market, stream[3]));
    }

    [Fact]
    public void A_replayed_chain_gives_the_same_roots_and_refuses_its_batches_a_second_time()
    {
        MarketFixture first = new(["A", "B"]);
        List<BlockOutcome> outcomes = [];
        for (long epoch = 0; epoch < 5; epoch++)
        {
            outcomes.Add(first.Execute(
                first.Sign("gateway", BatchFlags.InOrder, Reading("A", epoch, 0, 90), Reading("B", epoch, 50, 0)),
                first.Sign("B", BatchFlags.None, Bid("B", 70_000, 50, TimeInForce.GoodTillCancelled)),
                first.Sign("A", BatchFlags.Atomic, Ask("A", 20_000, 90)),
                first.Sign("gateway", BatchFlags.InOrder, Close(epoch))));
        }

        MarketFixture restarted = new(["A", "B"]);
        foreach (((Block block, SignedBatch[] batches), BlockOutcome expected) in first.History.Zip(outcomes))
        {
            BlockOutcome actual = restarted.Execute(block, batches);
            Assert.Equal(expected.StateRoot, actual.StateRoot);
            Assert.Equal(expected.ReceiptsRoot, actual.ReceiptsRoot);
        }

        foreach (SignedBatch batch in first.History.SelectMany(entry => entry.Batches))
        {
            Assert.Equal(BatchStatus.NonceUnusable, Status(restarted, batch));
        }
    }

    [Fact]
    public void An_atomic_batch_that_fails_leaves_nothing_behind_but_its_nonce()
    {
        MarketFixture market = new(["A", "B"]);
        market.Run("gateway", Reading("A", 0, 0, 100));
        market.Run("A", CommandText.Parse("bid A home-spot 10,000 7 gtc"));
        string[] before = Leaves(market);
        int operations = market.BookOperations;
        string[] commands =
        [
            "register N", "meter M A", "grant A B", "deposit A 5", "withdraw A 5", "transfer A B 5", "tariff 1 1",
            "read B 0 1 1", "bid A home-spot 10,000 3", "ask A other-spot 10 99", "cancel A 1", "cancel A 99",
        ];

        IReadOnlyList<Receipt> receipts = market.Run(
            "A", BatchFlags.Atomic, [CommandText.Parse("bid A home-spot 9 1"), CommandText.Parse("cancel A 1"),
                CommandText.Parse("ask A other-spot 9 9"), CommandText.Parse("grant A B"),
                CommandText.Parse("transfer A B 5"), CommandText.Parse("transfer A A 5"), Harmless]);

        Assert.Equal(
            "AtomicBatchFailed AtomicBatchFailed AtomicBatchFailed AtomicBatchFailed AtomicBatchFailed TransferToSelf "
            + "AtomicBatchFailed",
            string.Join(' ', receipts.Select(receipt => receipt.Error)));
        Assert.All(receipts, receipt => Assert.Equal(0, receipt.Value));
        Assert.Equal(before, Leaves(market));
        Assert.Equal(operations, market.BookOperations);

        receipts = market.Run("gateway", BatchFlags.Atomic, [.. commands.Select(CommandText.Parse)]);
        Assert.Equal(LedgerError.UnauthorizedOperator, receipts[2].Error);
        Assert.Equal(before, Leaves(market));
        Assert.Equal(LedgerError.None, market.RunOne("A", CommandText.Parse("cancel A 1")));
    }

    [Fact]
    public void An_atomic_batch_that_succeeds_does_what_its_commands_do()
    {
        MarketFixture market = new(["A", "B"]);
        RuleScript.Run(market, """
            gateway atomic: read A 0 0 100; ask A home-spot 10 60; bid B home-spot 50,000 100 gtc -> None
            = A 1,000,000,000 0 100,000,000 60,000,000
            = B 1,000,000,000 5,000 0 0
            gateway atomic: cancel B 2; cancel B 2 -> AtomicBatchFailed OrderNotFound
            gateway atomic: cancel B 2; bid B home-spot 40,000 10 -> None
            = B 1,000,000,000 400 0 0
            gateway atomic: deposit A 1; close 0 -> AtomicBatchFailed NotInAtomicBatch
            gateway atomic: close 0; deposit A 1 -> NotInAtomicBatch AtomicBatchFailed
            gateway: close 0 -> None
            """);
        Assert.Equal(new WattHours(10), market.State.Totals.Traded);
    }

    [Fact]
    public void Order_ids_that_an_atomic_batch_gave_back_are_given_again()
    {
        MarketFixture market = new(["A"]);
        Command bid = CommandText.Parse("bid A home-spot 10,000 1 gtc");
        Command cancelOwn = CommandText.Parse("cancel A 1");
        IReadOnlyList<Receipt> receipts = market.Run(
            "A", BatchFlags.Atomic, bid, cancelOwn, CommandText.Parse("transfer A A 1"));
        Assert.Equal(LedgerError.InsufficientBalance, receipts[2].Error);

        BlockOutcome outcome = market.Execute(
            market.Sign("A", BatchFlags.Atomic, bid, cancelOwn, CommandText.Parse("cancel A 9")),
            market.Sign("A", BatchFlags.None, bid, cancelOwn));

        Assert.Equal(1, outcome.Batches[1].Receipts!.Receipts[0].Value);
        Assert.Equal(LedgerError.None, outcome.Batches[1].Receipts!.Receipts[1].Error);
        Assert.Equal(0, market.State.Orders.Count);
        Assert.Equal(Money.Zero, market.BalanceOf("A").MoneyHeld);
    }

    private static BatchStatus Status(MarketFixture market, SignedBatch batch) =>
        Assert.Single(market.Execute(batch).Batches).Status;

    /// <summary>The state without the nonces, leaf by leaf.</summary>
    private static string[] Leaves(MarketFixture market)
    {
        List<string> leaves = [];
        market.State.CommitRoot();
        foreach (StateEntry entry in market.State.EntriesFrom([]))
        {
            if (entry.Key.Span[0] != StateTables.Nonces)
            {
                leaves.Add(System.Convert.ToHexString(entry.Key.Span) + System.Convert.ToHexString(entry.Value.Span));
            }
        }

        return [.. leaves];
    }
}
