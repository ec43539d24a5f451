using System;
using System.Linq;
using EnergyNode.Ledger;
using EnergyNode.Market.Execution;
using Xunit;

namespace EnergyNode.Market.Tests.Execution;

/// <summary>Every error of every command, and which one is given where several apply.</summary>
public sealed class ErrorPrecedenceTests
{
    [Fact]
    public void Registering_and_granting_give_their_errors_in_order() =>
        RuleScript.Run(new MarketFixture(["A", "B"]), """
        B: register A -> UserAlreadyExists
        B: register N A -> UnauthorizedOperator
        gateway: register N A -> KeyAlreadyUsed
        gateway: register N -> None
        gateway: register N -> UserAlreadyExists
        N: grant nobody A -> UserNotFound
        A: grant B nobody -> UserNotFound
        A: grant B A -> UnauthorizedOperator
        A: grant A B -> None
        A: grant A B -> None
        A: revoke A N -> None
        B: bid A home-spot 10,000 1 -> None
        A: revoke A B -> None
        B: bid A home-spot 10,000 1 -> UnauthorizedOperator
        """);

    [Fact]
    public void Assigning_meters_gives_its_errors_in_order() => RuleScript.Run(new MarketFixture(["A"]), """
        A: meter A nobody -> UserNotFound
        A: meter A A -> MeterAlreadyAssigned
        A: meter M A -> UnauthorizedOperator
        gateway: meter M A -> None
        gateway: meter M A -> MeterAlreadyAssigned
        gateway: read M 0 1 1 -> None
        """);

    [Fact]
    public void Money_gives_its_errors_in_order() => RuleScript.Run(new MarketFixture(["A"]), """
        A: deposit nobody 0 -> UserNotFound
        A: deposit A 0 -> UnauthorizedOperator
        A: deposit A 1 -> UnauthorizedOperator
        gateway: deposit A 0; deposit A -1; deposit A min; deposit A max -> InvalidAmount
        gateway: deposit A 1,000,000,000,000,001 -> InvalidAmount
        gateway: deposit A 1,000,000,000,000,000 -> None
        gateway: withdraw A 1,000,000,000,000,000 -> None
        = A 1,000,000,000 0 0 0
        A: withdraw nobody 1 -> UserNotFound
        A: withdraw A 1,000,000,001 -> InsufficientBalance
        A: withdraw A 1 -> UnauthorizedOperator
        A: withdraw A 0 -> UnauthorizedOperator
        gateway: withdraw A 0; withdraw A -1; withdraw A min; withdraw A max -> InvalidAmount
        gateway: withdraw A 1,000,000,001 -> InsufficientBalance
        A: bid A home-spot 10,000 1 gtc -> None
        gateway: withdraw A 999,999,991 -> InsufficientBalance
        gateway: withdraw A 999,999,990 -> None
        = A 10 10 0 0
        """);

    [Fact]
    public void Transfers_give_their_errors_in_order() => RuleScript.Run(new MarketFixture(["A", "B"]), """
        gateway: read A 0 0 1 -> None
        B: transfer nobody B 2,000,000 -> UserNotFound
        B: transfer A nobody 2,000,000 -> UserNotFound
        B: transfer A A 1,000,001 -> InsufficientBalance
        B: transfer A A 1,000,000 -> TransferToSelf
        B: transfer A A 0 -> TransferToSelf
        B: transfer A B 1 -> UnauthorizedOperator
        gateway: transfer A B 0 -> UnauthorizedOperator
        A: transfer A B 0; transfer A B -1; transfer A B min; transfer A B max -> InvalidAmount
        A: transfer A B 1,000,000,000,000,000,001 -> InvalidAmount
        A: transfer A B 1,000,000,000,000,000,000 -> InsufficientBalance
        A: transfer A B 1 -> None
        = A 1,000,000,000 0 999,999 0
        = B 1,000,000,000 0 1 0
        A: ask A home-spot 0 1 -> InsufficientBalance
        B: transfer B A 1 -> None
        A: ask A home-spot 0 1; transfer A B 1 -> None InsufficientBalance
        """);

    [Fact]
    public void Tariffs_give_their_errors_in_order() => RuleScript.Run(new MarketFixture(["A"]), """
        A: tariff -1 0 -> UnauthorizedOperator
        gateway: tariff -1 0; tariff 0 -1; tariff min 0; tariff 0 max -> InvalidPrice
        gateway: tariff 1,000,000,001 0; tariff 0 1,000,000,001 -> InvalidPrice
        gateway: tariff 1,000,000,000 1,000,000,000; tariff 0 0 -> None
        """);

    [Fact]
    public void Readings_give_their_errors_in_order() => RuleScript.Run(new MarketFixture(["A", "B"]), """
        A: read nobody 9 1,000,000 0 B -> UnauthorizedOperator
        gateway: read nobody 9 1,000,000 0 B -> MeterNotFound
        gateway: read A 9 1,000,000 0 B -> WrongMeterKey
        gateway: read A 1 6,001 0 -> ReadingOutsideEpoch
        gateway: read A -1 1 0 -> ReadingOutsideEpoch
        gateway: read A 0 6,001 0; read A 0 0 6,001 -> ReadingAboveRating
        gateway: read A 0 6,000 6,000 -> None
        gateway: read A 0 6,001 0; read A 0 6,000 6,000 -> ReadingAlreadySubmitted
        gateway: close 0; read A 0 1 1; read A 1 1 1 -> None ReadingOutsideEpoch None
        """);

    [Fact]
    public void Orders_give_their_errors_in_order() => RuleScript.Run(new MarketFixture(["A", "B"]), """
        B: bid nobody nowhere -1 0 -> UserNotFound
        B: bid A nowhere 1,000,000,000 1,000,001 -> InsufficientBalance
        B: bid A nowhere -1 0 -> InvalidOrderAmount
        B: bid A nowhere -1 1 -> UnauthorizedOperator
        A: bid A nowhere -1 1 -> BookNotFound
        A: bid A home-spot -1 1; bid A home-spot min 1; bid A home-spot max 1 -> InvalidPrice
        A: ask A home-spot -1 1; ask A home-spot min 1; ask A home-spot max 1 -> InvalidPrice
        A: bid A home-spot 1,000,000,001 1; ask A home-spot 1,000,000,001 1 -> InvalidPrice
        A: bid A home-spot 1 0; bid A home-spot 1 -1; bid A home-spot min min -> InvalidOrderAmount
        A: bid A home-spot 1 1,000,000,001; bid A home-spot 1 max -> InvalidOrderAmount
        A: ask A home-spot 1 1 -> InsufficientBalance
        A: bid A home-spot 1,000,000,000 1,000 -> None
        A: bid A home-spot 1 1 -> InsufficientBalance
        B: bid B home-spot 0 100,000,001 -> InsufficientBalance
        B: bid B home-spot 0 100,000,000 -> None
        """);

    [Fact]
    public void Cancelling_gives_its_errors_in_order() => RuleScript.Run(new MarketFixture(["A", "B"]), """
        A: bid A home-spot 10,000 1 gtc; bid A home-spot 10,000 1 gtc -> None
        B: cancel nobody 9 -> UserNotFound
        B: cancel A 9; cancel A 0; cancel A min; cancel A max -> OrderNotFound
        B: cancel B 1 -> UnauthorizedCancellation
        B: cancel A 1 -> UnauthorizedOperator
        A: cancel A 1; cancel A 1 -> None OrderNotFound
        = A 1,000,000,000 10 0 0
        A: cancel A 1 -> OrderNotFound
        A: cancel A 2 -> None
        = A 1,000,000,000 0 0 0
        """);

    [Fact]
    public void An_order_that_is_cancelled_in_this_segment_is_not_found_by_anybody()
    {
        MarketFixture market = new(["A", "B"]);
        market.Run("A", CommandText.Parse("bid A home-spot 10,000 1 gtc"));

        BlockOutcome outcome = market.Execute(
            market.Sign("A", BatchFlags.None, CommandText.Parse("cancel A 1")),
            market.Sign("B", BatchFlags.None, CommandText.Parse("cancel A 1"), CommandText.Parse("cancel B 1")),
            market.Sign("gateway", BatchFlags.Atomic, CommandText.Parse("cancel A 1")));

        LedgerError[] errors = [.. outcome.Batches.SelectMany(batch => batch.Receipts!.Receipts).Select(r => r.Error)];
        Assert.Equal(
            [LedgerError.None, LedgerError.OrderNotFound, LedgerError.OrderNotFound, LedgerError.OrderNotFound],
            errors);
    }

    [Fact]
    public void Closing_gives_its_errors_in_order()
    {
        RuleScript.Run(new MarketFixture(["A"]), """
            A: close 7 -> UnauthorizedOperator
            gateway: close 1; close -1; close min; close max -> EpochNotOpen
            gateway: close 0; close 0; close 1 -> None EpochNotOpen None
            """);
        RuleScript.Run(new MarketFixture(["A"], MarketClock.Block, change: genesis => genesis with
        {
            Market = genesis.Market with { FirstEpoch = Instant.FromSeconds(1_800_000_000) },
        }), """
            A: close 0 -> UnauthorizedOperator
            gateway: close 1 -> EpochNotOpen
            gateway: close 0 -> EpochClosedByClock
            """);
    }

    [Fact]
    public void Errors_are_numbered_in_the_order_of_their_precedence()
    {
        ushort[] numbers = [.. Enum.GetValues<LedgerError>().Select(error => (ushort)error)];
        Assert.Equal(numbers.Order(), numbers);
        Assert.Equal(numbers.Length, numbers.Distinct().Count());
    }
}
