using System;
using EnergyNode.Ledger;
using EnergyNode.Market.Books;

namespace EnergyNode.Market.Execution;

/// <summary>
/// Step 1 of a segment for orders: rights, funds and holds. What passes here the book takes, but for what it alone can
/// know: whether a post-only order would trade, and whether an order is filled by the time that its change arrives.
/// </summary>
internal sealed class TradingRules(LedgerState state, Postings postings, SegmentRequests requests, Instant now)
{
    private readonly NetworkRules _network = new(state);

    /// <param name="isAtomic">Whether the command may have to be taken back.</param>
    /// <param name="operation">For the book, when the order is admitted.</param>
    public LedgerError Place(
        AccountId signer, Command.PlaceOrder command, bool isAtomic, out BookOperation operation)
    {
        operation = default;
        OrderPlan plan = new(state, command);
        LedgerError refusal = Check(signer, command, isAtomic, plan);
        if (refusal != LedgerError.None)
        {
            return refusal;
        }

        OrderId id = new(TakeNumber());
        Enter(id, plan.ToLeaf(id));
        if (command.TimeInForce == TimeInForce.GoodTillTime)
        {
            NoteExpiry(command.Book, command.Terms.ValidUntil);
        }

        operation = new BookOperation(BookOperationKind.Submit, plan.ToBook(id)) { Owner = command.Account };
        return LedgerError.None;
    }

    /// <summary>
    /// Enters an order that was checked, with what it holds, before its book has it. Its priority is its number.
    /// </summary>
    public OrderId Enter(OpenOrder order)
    {
        OrderId id = new(TakeNumber());
        Enter(id, order with { Priority = id.Value });
        return id;
    }

    /// <param name="cancelled">The order that is on its way out.</param>
    public LedgerError Cancel(
        AccountId signer, Command.CancelOrder command, bool isAtomic, out OpenOrder cancelled)
    {
        LedgerError refusal = CheckOwn(signer, command, command.Account, command.Order, out cancelled);
        if (refusal != LedgerError.None)
        {
            return refusal;
        }

        if (isAtomic && MayDecline(cancelled.Book))
        {
            return LedgerError.NotInAtomicBatch;
        }

        requests.Leave(command.Order);
        return LedgerError.None;
    }

    public LedgerError CheckCancelAll(AccountId signer, Command.CancelAll command, bool isAtomic)
    {
        if (!state.Users.Contains(command.Account))
        {
            return LedgerError.UserNotFound;
        }

        if (!AccessTable.Allows(state, signer, command))
        {
            return LedgerError.UnauthorizedOperator;
        }

        return command.Book is { } book && !state.Books.Contains(book) ? LedgerError.BookNotFound
            : isAtomic ? LedgerError.NotInAtomicBatch
            : LedgerError.None;
    }

    /// <param name="operation">For the book, when the replacement is admitted.</param>
    /// <param name="replaced">The order as it is until the book has decided.</param>
    public LedgerError Replace(
        AccountId signer,
        Command.ReplaceOrder command,
        bool isAtomic,
        out BookOperation operation,
        out OpenOrder replaced)
    {
        operation = default;
        LedgerError found = CheckOwn(signer, command, command.Account, command.Order, out replaced);
        BookParameters book = found == LedgerError.None ? state.BookParameters[replaced.Book] : BookParameters.Default;
        bool quantityValid = book.AllowsQuantity(command.Quantity);
        bool priceValid = book.AllowsLimit(command.Limit);
        Replacement replacement = default;
        if (found == LedgerError.None && quantityValid && priceValid)
        {
            replacement = PlanReplacement(command, book, replaced);
        }

        LedgerError refusal = CheckReplacement(
            found, quantityValid, priceValid, state.IsPaused(replaced.Book), replacement);
        if (refusal == LedgerError.None)
        {
            refusal = isAtomic && MayDecline(replaced.Book) ? LedgerError.NotInAtomicBatch
                : !book.IsOpen ? LedgerError.BookClosed
                : requests.IsReplaced(command.Order) ? LedgerError.OrderBeingReplaced
                : LedgerError.None;
        }

        if (refusal != LedgerError.None)
        {
            return refusal;
        }

        postings.HoldMoney(command.Account, replacement.Money);
        postings.HoldTokens(command.Account, replacement.Tokens);
        requests.Replace(command.Order, replacement with { Priority = TakeNumber() });
        operation = new BookOperation(
            BookOperationKind.Replace,
            default(BookOrder) with
            {
                Id = command.Order,
                Price = replacement.BookPrice,
                Quantity = command.Quantity,
            })
        {
            Expected = replaced.Remaining,
        };
        return LedgerError.None;
    }

    /// <summary>Whether a book may end an order between the ledger's check and the arrival of its change.</summary>
    public bool MayDecline(BookId book) => state.BookParameters[book].Mechanism == BookMechanism.Continuous;

    private long TakeNumber()
    {
        MarketTotals totals = state.Totals;
        state.Totals = totals with { Orders = totals.Orders + 1 };
        return totals.Orders + 1;
    }

    private void Enter(OrderId id, in OpenOrder order)
    {
        postings.HoldMoney(order.Owner, order.MoneyHold);
        postings.HoldTokens(order.Owner, order.TokenHold);
        state.Orders.Set(id, order);
        state.Books.Set(order.Book, state.Books[order.Book] + 1);
        state.OrderCounts.Set(order.Owner, state.OrderCounts.GetOrDefault(order.Owner) + 1);
        state.OwnOrders.Add(order.Owner, order.Book, id);
    }

    private void NoteExpiry(BookId book, Instant until)
    {
        if (!state.BookExpiries.TryGet(book, out Instant first) || until < first)
        {
            state.BookExpiries.Set(book, until);
        }
    }

    /// <summary>What all requests about an own order ask: in the order of the errors' numbers.</summary>
    private LedgerError CheckOwn(
        AccountId signer, Command command, AccountId account, OrderId id, out OpenOrder order)
    {
        if (!state.Users.Contains(account))
        {
            order = default;
            return LedgerError.UserNotFound;
        }

        if (!state.Orders.TryGet(id, out order) || requests.IsLeaving(id))
        {
            return LedgerError.OrderNotFound;
        }

        if (order.Owner != account)
        {
            return LedgerError.UnauthorizedCancellation;
        }

        return AccessTable.Allows(state, signer, command) ? LedgerError.None : LedgerError.UnauthorizedOperator;
    }

    /// <summary>Before it has looked at the numbers it must not calculate with them: they may be anything.</summary>
    private LedgerError Check(AccountId signer, Command.PlaceOrder command, bool isAtomic, in OrderPlan plan)
    {
        if (!state.Users.Contains(command.Account))
        {
            return LedgerError.UserNotFound;
        }

        if (plan.HasValidQuantity && plan.HasValidPrice && !CanHold(command.Account, plan.ToLeaf(default)))
        {
            return LedgerError.InsufficientBalance;
        }

        if (!plan.HasValidQuantity)
        {
            return LedgerError.InvalidOrderAmount;
        }

        if (!AccessTable.Allows(state, signer, command))
        {
            return LedgerError.UnauthorizedOperator;
        }

        if (state.IsPaused(command.Book))
        {
            // GOV-7
            return LedgerError.MarketPaused;
        }

        if (!plan.HasBook)
        {
            return LedgerError.BookNotFound;
        }

        if (!plan.HasValidPrice)
        {
            return LedgerError.InvalidPrice;
        }

        if (state.Books[command.Book] >= BookLimits.MaxRestingOrders
            || state.OrderCounts.GetOrDefault(command.Account) >= Limits.MaxOpenOrdersPerAccount
            || (plan.Parameters.Forward is not null && state.Positions.Count >= Limits.MaxPositions))
        {
            return LedgerError.TooManyOrders;
        }

        if (isAtomic && command.Terms.IsPostOnly)
        {
            return LedgerError.NotInAtomicBatch;
        }

        return !plan.Parameters.IsOpen ? LedgerError.BookClosed
            : !plan.HasValidTerms(now) ? LedgerError.InvalidOrderTerms
            : _network.MayOrder(command.Account, plan.Parameters) ? LedgerError.None
            : LedgerError.NotInZone;
    }

    /// <summary>Who owes cannot bid, not even where nothing is to be held.</summary>
    private bool CanHold(AccountId account, in OpenOrder order) =>
        CanHold(account, order.MoneyHold, order.TokenHold)
        && (order.Side == Side.Sell || state.Balances.GetOrDefault(account).FreeMoney >= Money.Zero);

    /// <summary>Nothing to hold is always there, also for who owes.</summary>
    private bool CanHold(AccountId account, Money money, Grid tokens)
    {
        Balance balance = state.Balances.GetOrDefault(account);
        return (money == Money.Zero || balance.FreeMoney >= money)
            && (tokens == Grid.Zero || balance.FreeTokens >= tokens);
    }

    private LedgerError CheckReplacement(
        LedgerError found, bool quantityValid, bool priceValid, bool paused, in Replacement replacement)
    {
        if (found == LedgerError.UserNotFound)
        {
            return found;
        }

        if (found == LedgerError.None && quantityValid && priceValid
            && !CanHold(replacement.Owner, replacement.Money, replacement.Tokens))
        {
            return LedgerError.InsufficientBalance;
        }

        return !quantityValid ? LedgerError.InvalidOrderAmount
            : found != LedgerError.None ? found
            : paused ? LedgerError.MarketPaused
            : priceValid ? LedgerError.None
            : LedgerError.InvalidPrice;
    }

    /// <summary>
    /// What must be held beside the order's own hold. In a continuous book whatever x ≤ open it trades before the book
    /// takes the replacement: the most of hold(new, quantity − x) − hold(old, open − x), which is at one of the ends
    /// of x.
    /// </summary>
    private Replacement PlanReplacement(Command.ReplaceOrder command, in BookParameters book, in OpenOrder old)
    {
        Price hold = OrderPlan.HoldPriceOf(state, book, old.Side, command.Limit, old.Fee);
        WattHours more = command.Quantity > old.Remaining ? command.Quantity - old.Remaining : WattHours.Zero;
        long money = 0;
        if (!MayDecline(old.Book))
        {
            money = hold.CostCeiling(command.Quantity).Micro - old.MoneyHold.Micro;
        }
        else if (hold > old.HoldPrice || more > WattHours.Zero)
        {
            // One more for the two roundings up.
            money = Math.Max(
                hold.CostCeiling(command.Quantity).Micro - old.MoneyHold.Micro + 1,
                hold.CostCeiling(more).Micro);
        }

        bool holdsTokens = old.TokenHold > Grid.Zero;
        return new Replacement(
            command.Account,
            command.Limit,
            OrderPlan.BookPriceOf(old.Side, command.Limit, old.Fee),
            hold,
            0,
            new Money(Math.Max(money, 0)),
            holdsTokens ? more.ToGrid() : Grid.Zero);
    }
}
