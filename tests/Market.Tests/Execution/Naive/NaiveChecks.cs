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
        Role roles = state.Accounts[signer].Roles;
        List<(bool Applies, LedgerError Error)> all = command switch
        {
            Command.RegisterUser c =>
            [
                (Known(c.Account), LedgerError.UserAlreadyExists),
                (!roles.HasFlag(Role.Authority), LedgerError.UnauthorizedOperator),
                (state.Keys.ContainsKey(c.Key), LedgerError.KeyAlreadyUsed),
            ],
            Command.AssignMeter c =>
            [
                (!Known(c.Owner), LedgerError.UserNotFound),
                (state.Meters.ContainsKey(c.Meter.ToString()), LedgerError.MeterAlreadyAssigned),
                (!roles.HasFlag(Role.AmiService), LedgerError.UnauthorizedOperator),
            ],
            Command.GrantAgent c =>
            [
                (!Known(c.Account) || !Known(c.Agent), LedgerError.UserNotFound),
                (c.Account.ToString() != signer, LedgerError.UnauthorizedOperator),
            ],
            Command.Deposit c =>
            [
                (!Known(c.Account), LedgerError.UserNotFound),
                (!roles.HasFlag(Role.Treasury), LedgerError.UnauthorizedOperator),
                (!IsAmount(c.Amount.Micro, 1_000_000_000_000_000), LedgerError.InvalidAmount),
            ],
            Command.Withdraw c =>
            [
                (!Known(c.Account), LedgerError.UserNotFound),
                (IsAmount(c.Amount.Micro, 1_000_000_000_000_000) && FreeMoney(c.Account) < c.Amount.Micro,
                    LedgerError.InsufficientBalance),
                (!roles.HasFlag(Role.Treasury), LedgerError.UnauthorizedOperator),
                (!IsAmount(c.Amount.Micro, 1_000_000_000_000_000), LedgerError.InvalidAmount),
            ],
            Command.Transfer c =>
            [
                (!Known(c.From) || !Known(c.To), LedgerError.UserNotFound),
                (IsAmount(c.Amount.Units, 1_000_000_000_000_000_000) && FreeTokens(c.From) < c.Amount.Units,
                    LedgerError.InsufficientBalance),
                (c.From == c.To, LedgerError.TransferToSelf),
                (c.From.ToString() != signer, LedgerError.UnauthorizedOperator),
                (!IsAmount(c.Amount.Units, 1_000_000_000_000_000_000), LedgerError.InvalidAmount),
            ],
            Command.SetTariff c =>
            [
                (!roles.HasFlag(Role.OracleOperator), LedgerError.UnauthorizedOperator),
                (!IsPrice(c.Retail) || !IsPrice(c.FeedIn), LedgerError.InvalidPrice),
            ],
            Command.SubmitReading c => Reading(state, parameters, roles, c.Reading),
            Command.PlaceOrder c =>
            [
                (!Known(c.Account), LedgerError.UserNotFound),
                (IsAmount(c.Quantity.Wh, 1_000_000_000) && IsPrice(c.Limit) && (c.Side == Side.Buy
                    ? FreeMoney(c.Account) < NaiveState.Ceiling((BigInteger)c.Limit.MicroPerKwh * c.Quantity.Wh, 1_000)
                    : FreeTokens(c.Account) < (BigInteger)c.Quantity.Wh * 1_000_000), LedgerError.InsufficientBalance),
                (!IsAmount(c.Quantity.Wh, 1_000_000_000), LedgerError.InvalidOrderAmount),
                (!Trades(c.Account), LedgerError.UnauthorizedOperator),
                (!books.Contains(c.Book.ToString()), LedgerError.BookNotFound),
                (!IsPrice(c.Limit), LedgerError.InvalidPrice),
            ],
            Command.CancelOrder c =>
            [
                (!Known(c.Account), LedgerError.UserNotFound),
                (Open(c.Order) is null, LedgerError.OrderNotFound),
                (Open(c.Order)?.Owner != c.Account.ToString(), LedgerError.UnauthorizedCancellation),
                (!Trades(c.Account), LedgerError.UnauthorizedOperator),
            ],
            _ =>
            [
                (!roles.HasFlag(Role.OracleOperator), LedgerError.UnauthorizedOperator),
                (((Command.CloseEpoch)command).Epoch.Value != state.Totals[0], LedgerError.EpochNotOpen),
                (parameters.Clock == MarketClock.Block, LedgerError.EpochClosedByClock),
            ],
        };
        return all.Where(one => one.Applies).Select(one => one.Error).DefaultIfEmpty(LedgerError.None).Min();

        bool Known(AccountId account) => state.Accounts.ContainsKey(account.ToString());

        BigInteger FreeMoney(AccountId account) => Known(account)
            ? state.Accounts[account.ToString()].Money - state.MoneyHeld(account.ToString())
            : 0;

        BigInteger FreeTokens(AccountId account) => Known(account)
            ? state.Accounts[account.ToString()].Tokens - state.TokensHeld(account.ToString())
            : 0;

        bool Trades(AccountId account) =>
            account.ToString() == signer || state.Agents.Contains((account.ToString(), signer));

        NaiveOrder? Open(OrderId id) => state.Orders.Find(order => order.Id == id.Value && !order.Cancelled);
    }

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
