using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using EnergyNode.Ledger;

namespace EnergyNode.Market.Tests.Execution.Naive;

/// <summary>Which error a command gets: all that apply, of which the lowest number is given.</summary>
internal static class NaiveChecks
{
    public static LedgerError Check(
        NaiveState state, MarketParameters parameters, string[] books, string signer, Command command)
    {
        List<(bool Applies, LedgerError Error)> all = command switch
        {
            Command.RegisterUser or Command.AssignMeter or Command.GrantAgent => Registry(state, signer, command),
            Command.Deposit or Command.Withdraw or Command.Transfer => Money(state, signer, command),
            Command.PlaceOrder or Command.CancelOrder or Command.ReplaceOrder or Command.CancelAll =>
                Trading(state, books, signer, command),
            _ => Oracle(state, parameters, state.Accounts[signer].Roles, command),
        };
        return all.Where(one => one.Applies).Select(one => one.Error).DefaultIfEmpty(LedgerError.None).Min();
    }

    private static List<(bool, LedgerError)> Registry(NaiveState state, string signer, Command command)
    {
        Role roles = state.Accounts[signer].Roles;
        return command switch
        {
            Command.RegisterUser c =>
            [
                (state.Known(c.Account), LedgerError.UserAlreadyExists),
                (!roles.HasFlag(Role.Authority), LedgerError.UnauthorizedOperator),
                (state.Keys.ContainsKey(c.Key), LedgerError.KeyAlreadyUsed),
            ],
            Command.AssignMeter c =>
            [
                (!state.Known(c.Owner), LedgerError.UserNotFound),
                (state.Meters.ContainsKey(c.Meter.ToString()), LedgerError.MeterAlreadyAssigned),
                (!roles.HasFlag(Role.AmiService), LedgerError.UnauthorizedOperator),
            ],
            Command.GrantAgent c =>
            [
                (!state.Known(c.Account) || !state.Known(c.Agent), LedgerError.UserNotFound),
                (c.Account.ToString() != signer, LedgerError.UnauthorizedOperator),
            ],
            _ => throw new System.ArgumentException("no command of the registry", nameof(command)),
        };
    }

    private static List<(bool, LedgerError)> Money(NaiveState state, string signer, Command command)
    {
        Role roles = state.Accounts[signer].Roles;
        return command switch
        {
            Command.Deposit c =>
            [
                (!state.Known(c.Account), LedgerError.UserNotFound),
                (!roles.HasFlag(Role.Treasury), LedgerError.UnauthorizedOperator),
                (!IsAmount(c.Amount.Micro, 1_000_000_000_000_000), LedgerError.InvalidAmount),
            ],
            Command.Withdraw c =>
            [
                (!state.Known(c.Account), LedgerError.UserNotFound),
                (IsAmount(c.Amount.Micro, 1_000_000_000_000_000) && state.FreeMoney(c.Account) < c.Amount.Micro,
                    LedgerError.InsufficientBalance),
                (!roles.HasFlag(Role.Treasury), LedgerError.UnauthorizedOperator),
                (!IsAmount(c.Amount.Micro, 1_000_000_000_000_000), LedgerError.InvalidAmount),
            ],
            Command.Transfer c =>
            [
                (!state.Known(c.From) || !state.Known(c.To), LedgerError.UserNotFound),
                (IsAmount(c.Amount.Units, 1_000_000_000_000_000_000) && state.FreeTokens(c.From) < c.Amount.Units,
                    LedgerError.InsufficientBalance),
                (c.From == c.To, LedgerError.TransferToSelf),
                (c.From.ToString() != signer, LedgerError.UnauthorizedOperator),
                (!IsAmount(c.Amount.Units, 1_000_000_000_000_000_000), LedgerError.InvalidAmount),
            ],
            _ => throw new System.ArgumentException("no command about money", nameof(command)),
        };
    }

    private static List<(bool, LedgerError)> Trading(
        NaiveState state, string[] books, string signer, Command command)
    {
        return command switch
        {
            Command.PlaceOrder c =>
            [
                (!state.Known(c.Account), LedgerError.UserNotFound),
                (IsAmount(c.Quantity.Wh, 1_000_000_000) && IsPrice(c.Limit) && (c.Side == Side.Buy
                    ? state.FreeMoney(c.Account) < NaiveOrder.Cost(
                        c.Limit.MicroPerKwh, c.Quantity.Wh, state.GridFee)
                    : state.FreeTokens(c.Account) < (BigInteger)c.Quantity.Wh * 1_000_000),
                        LedgerError.InsufficientBalance),
                (!IsAmount(c.Quantity.Wh, 1_000_000_000), LedgerError.InvalidOrderAmount),
                (!Trades(state, signer, c.Account), LedgerError.UnauthorizedOperator),
                (!books.Contains(c.Book.ToString()), LedgerError.BookNotFound),
                (!IsPrice(c.Limit), LedgerError.InvalidPrice),
            ],
            Command.CancelOrder c =>
            [
                (!state.Known(c.Account), LedgerError.UserNotFound),
                (Open(state, c.Order) is null, LedgerError.OrderNotFound),
                (Open(state, c.Order)?.Owner != c.Account.ToString(), LedgerError.UnauthorizedCancellation),
                (!Trades(state, signer, c.Account), LedgerError.UnauthorizedOperator),
            ],
            Command.CancelAll c =>
            [
                (!state.Known(c.Account), LedgerError.UserNotFound),
                (!Trades(state, signer, c.Account), LedgerError.UnauthorizedOperator),
                (c.Book is { } book && !books.Contains(book.ToString()), LedgerError.BookNotFound),
            ],
            Command.ReplaceOrder c =>
            [
                (!state.Known(c.Account), LedgerError.UserNotFound),
                (Lacks(state, signer, c), LedgerError.InsufficientBalance),
                (!IsAmount(c.Quantity.Wh, 1_000_000_000), LedgerError.InvalidOrderAmount),
                (Open(state, c.Order) is null, LedgerError.OrderNotFound),
                (Open(state, c.Order)?.Owner != c.Account.ToString(), LedgerError.UnauthorizedCancellation),
                (!Trades(state, signer, c.Account), LedgerError.UnauthorizedOperator),
                (!IsPrice(c.Limit), LedgerError.InvalidPrice),
                (Open(state, c.Order)?.Next is not null, LedgerError.OrderBeingReplaced),
            ],
            _ => throw new System.ArgumentException("no command about orders", nameof(command)),
        };
    }

    /// <summary>Whether a replacement that is good otherwise needs more than is free.</summary>
    private static bool Lacks(NaiveState state, string signer, Command.ReplaceOrder command)
    {
        if (Open(state, command.Order) is not { } order || order.Owner != command.Account.ToString()
            || !Trades(state, signer, command.Account) || !IsAmount(command.Quantity.Wh, 1_000_000_000)
            || !IsPrice(command.Limit))
        {
            return false;
        }

        NaiveOrder old = order with { Next = null };
        NaiveOrder held = old with { Next = (command.Limit.MicroPerKwh, command.Quantity.Wh, 0) };
        BigInteger money = held.MoneyHeld(state.GridFee) - old.MoneyHeld(state.GridFee);
        BigInteger tokens = held.TokensHeld() - old.TokensHeld();
        return (money > 0 && state.FreeMoney(command.Account) < money)
            || (tokens > 0 && state.FreeTokens(command.Account) < tokens);
    }

    private static List<(bool, LedgerError)> Oracle(
        NaiveState state, MarketParameters parameters, Role roles, Command command)
    {
        return command switch
        {
            Command.SetTariff c =>
            [
                (!roles.HasFlag(Role.OracleOperator), LedgerError.UnauthorizedOperator),
                (!IsPrice(c.Retail) || !IsPrice(c.FeedIn), LedgerError.InvalidPrice),
            ],
            Command.SubmitReading c => Reading(state, parameters, roles, c.Reading),
            _ =>
            [
                (!roles.HasFlag(Role.OracleOperator), LedgerError.UnauthorizedOperator),
                (((Command.CloseEpoch)command).Epoch.Value != state.Totals[0], LedgerError.EpochNotOpen),
                (parameters.Clock == MarketClock.Block, LedgerError.EpochClosedByClock),
            ],
        };
    }

    private static bool Trades(NaiveState state, string signer, AccountId account) =>
        account.ToString() == signer || state.Agents.Contains((account.ToString(), signer));

    private static NaiveOrder? Open(NaiveState state, OrderId id) =>
        state.Orders.Find(order => order.Id == id.Value && !order.Cancelled);

    private static List<(bool, LedgerError)> Reading(
        NaiveState state, MarketParameters parameters, Role roles, MeterReading reading)
    {
        List<(bool, LedgerError)> all = [(!roles.HasFlag(Role.OracleOperator), LedgerError.UnauthorizedOperator)];
        if (!state.Meters.TryGetValue(reading.Meter.ToString(), out NaiveMeter? meter))
        {
            return [.. all, (true, LedgerError.MeterNotFound)];
        }

        BigInteger open = state.Totals[0];
        BigInteger start = parameters.FirstEpoch.Micros + (open * parameters.EpochLength.Micros);
        BigInteger wattMicros = (BigInteger)3_600_000_000;
        BigInteger length = parameters.EpochLength.Micros;
        return
        [
            .. all,
            (reading.Key != meter.Key, LedgerError.WrongMeterKey),
            (reading.Start.Micros != start, LedgerError.ReadingOutsideEpoch),
            (meter.Epoch == open, LedgerError.ReadingAlreadySubmitted),
            (reading.Consumption.Wh * wattMicros > meter.Import * length
                || reading.Generation.Wh * wattMicros > meter.Export * length, LedgerError.ReadingAboveRating),
        ];
    }

    private static bool IsAmount(BigInteger value, BigInteger most) => value > 0 && value <= most;

    private static bool IsPrice(Price price) => price.MicroPerKwh is >= 0 and <= 1_000_000_000;
}
