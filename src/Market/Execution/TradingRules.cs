using EnergyNode.Ledger;
using EnergyNode.Market.Books;

namespace EnergyNode.Market.Execution;

/// <summary>Step 1 of a segment for orders: rights, funds and holds. What passes here the book must take.</summary>
public sealed class TradingRules(LedgerState state, Postings postings)
{
    /// <param name="operation">For the book, when the order is admitted.</param>
    /// <param name="id">The new order's id, when it is admitted.</param>
    public LedgerError Place(
        AccountId signer, Command.PlaceOrder command, out BookOperation operation, out OrderId id)
    {
        operation = default;
        id = default;
        LedgerError refusal = Check(signer, command);
        if (refusal != LedgerError.None)
        {
            return refusal;
        }

        Price fee = state.Parameters.GridFee;
        OpenOrder order = new(
            command.Account,
            command.Book,
            command.Side,
            command.TimeInForce,
            command.Limit,
            command.Side == Side.Buy ? command.Limit - fee : command.Limit,
            fee,
            command.Quantity);
        if (command.Side == Side.Buy)
        {
            postings.HoldMoney(command.Account, order.MoneyHold);
        }
        else
        {
            postings.HoldTokens(command.Account, order.TokenHold);
        }

        MarketTotals totals = state.Totals;
        id = new OrderId(totals.Orders + 1);
        state.Totals = totals with { Orders = id.Value };
        state.Orders.Set(id, order);
        state.Books.Set(command.Book, state.Books[command.Book] + 1);
        state.OrderCounts.Set(command.Account, state.OrderCounts.GetOrDefault(command.Account) + 1);
        operation = new BookOperation(
            BookOperationKind.Submit,
            new BookOrder(
                id, 0, command.Side, order.BookPrice, command.Quantity, (BookTimeInForce)command.TimeInForce));
        return LedgerError.None;
    }

    /// <param name="leaving">It is cancelled already and only waits for the end of the segment.</param>
    /// <param name="cancelled">The order that is on its way out.</param>
    public LedgerError Cancel(AccountId signer, Command.CancelOrder command, bool leaving, out OpenOrder cancelled)
    {
        if (!state.Users.Contains(command.Account))
        {
            cancelled = default;
            return LedgerError.UserNotFound;
        }

        if (!state.Orders.TryGet(command.Order, out cancelled) || leaving)
        {
            return LedgerError.OrderNotFound;
        }

        if (cancelled.Owner != command.Account)
        {
            return LedgerError.UnauthorizedCancellation;
        }

        return AccessTable.Allows(state, signer, command) ? LedgerError.None : LedgerError.UnauthorizedOperator;
    }

    /// <summary>Before it has looked at the numbers it must not calculate with them: they may be anything.</summary>
    private LedgerError Check(AccountId signer, Command.PlaceOrder command)
    {
        if (!state.Users.Contains(command.Account))
        {
            return LedgerError.UserNotFound;
        }

        bool quantityValid = command.Quantity.Wh is > 0 and <= Limits.MaxEnergyWh;
        bool priceValid = command.Limit.MicroPerKwh is >= 0 and <= Limits.MaxPriceMicroPerKwh;
        Balance balance = state.Balances.GetOrDefault(command.Account);
        if (quantityValid && priceValid
            && (command.Side == Side.Buy
                ? balance.FreeMoney < command.Limit.CostCeiling(command.Quantity)
                : balance.FreeTokens < command.Quantity.ToGrid()))
        {
            return LedgerError.InsufficientBalance;
        }

        if (!quantityValid)
        {
            return LedgerError.InvalidOrderAmount;
        }

        if (!AccessTable.Allows(state, signer, command))
        {
            return LedgerError.UnauthorizedOperator;
        }

        if (!state.Books.TryGet(command.Book, out int resting))
        {
            return LedgerError.BookNotFound;
        }

        if (!priceValid)
        {
            return LedgerError.InvalidPrice;
        }

        return resting >= BookLimits.MaxRestingOrders
            || state.OrderCounts.GetOrDefault(command.Account) >= Limits.MaxOpenOrdersPerAccount
            ? LedgerError.TooManyOrders
            : LedgerError.None;
    }
}
