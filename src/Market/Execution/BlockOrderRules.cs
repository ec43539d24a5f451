using System;
using System.Collections.Generic;
using EnergyNode.Ledger;
using EnergyNode.Market.Books;

namespace EnergyNode.Market.Execution;

/// <summary>
/// Block orders (BLOCK-1 … BLOCK-6): the same quantity in several delivery epochs, all or none. Such an order ends the
/// segment, asks all of its books at once what they have, and goes to them as one fill-or-kill order each, or not at
/// all. Nothing can come between the answers and the orders: no other operation is in these two steps.
/// </summary>
internal sealed class BlockOrderRules(
    LedgerState state, TradingRules trading, SegmentBuilder segment)
{
    private const int NoBook = 0;
    private const int Open = 1;
    private const int Continuous = 2;

    /// <summary>Of the order being looked at; made for the first one of a block, as most blocks have none.</summary>
    private BookId[] _books = [];
    private int[] _ranks = [];
    private readonly List<OpenOrder> _parts = [];
    private readonly Dictionary<AccountId, int> _asked = [];
    private int _askedByAll;
    private Command.PlaceBlockOrder? _waiting;

    /// <summary>Whether an order that was admitted waits for the end of the segment.</summary>
    public bool IsWaiting => _waiting is not null;

    /// <summary>What can be said before the books are asked; an order without an error waits then.</summary>
    public LedgerError Admit(AccountId signer, Command.PlaceBlockOrder command, bool isAtomic)
    {
        if (_books.Length == 0)
        {
            _books = new BookId[Limits.MaxBlockOrderEpochs];
            _ranks = new int[Limits.MaxBlockOrderEpochs];
        }

        bool hasSpan = command.Epochs is >= 2 and <= Limits.MaxBlockOrderEpochs;
        int epochs = hasSpan ? (int)command.Epochs : 0;
        FindBooks(command, epochs);
        LedgerError refusal = Check(signer, command, isAtomic, epochs);
        if (refusal == LedgerError.None)
        {
            _asked[command.Account] = _asked.GetValueOrDefault(command.Account) + 1;
            _askedByAll++;
            _waiting = command;
        }

        return refusal;
    }

    /// <summary>Queues the questions to the books; the segment before has ended.</summary>
    public void Ask()
    {
        Command.PlaceBlockOrder command = Waiting();
        Price fee = state.Parameters.GridFee;
        for (int i = 0; i < command.Epochs; i++)
        {
            BookParameters book = state.BookParameters[_books[i]];
            Price anyPrice = command.Side == Side.Buy ? book.Cap - fee : book.Floor;
            segment.Add(_books[i], ToBook(BookOperationKind.Quote, new OrderId(1), anyPrice, command));
        }
    }

    /// <summary>Decides by the books' answers, and queues the orders if all is well.</summary>
    /// <param name="answers">One of each book, in the order of book names.</param>
    public Receipt Decide(IReadOnlyList<BookSliceResult> answers)
    {
        Command.PlaceBlockOrder command = Waiting();
        _waiting = null;
        LedgerError refusal = Weigh(command, answers);
        if (refusal != LedgerError.None)
        {
            return new Receipt(refusal, 0);
        }

        long first = 0;
        foreach (OpenOrder part in _parts)
        {
            OrderId id = trading.Enter(part);
            first = first == 0 ? id.Value : first;
            segment.Add(part.Book, ToBook(BookOperationKind.Submit, id, part.BookPrice, command));
        }

        return new Receipt(LedgerError.None, first);
    }

    /// <exception cref="InvalidOperationException">A book did not keep its word, which is a bug.</exception>
    public void RequireFilled(IReadOnlyList<BookSliceResult> results)
    {
        foreach (BookSliceResult result in results)
        {
            ReadOnlySpan<BookEvent> events = result.Events.AsSpan();
            if (events.Length < 2 || events[^1].Kind != BookEventKind.Trade || events[^1].Open != WattHours.Zero)
            {
                throw new InvalidOperationException($"Book {result.Book} has not filled what it offered.");
            }
        }
    }

    private static BookOperation ToBook(
        BookOperationKind kind, OrderId id, Price limit, Command.PlaceBlockOrder command) =>
        new(kind, new BookOrder(id, 0, command.Side, limit, command.Quantity, BookTimeInForce.FillOrKill)
        {
            // BLOCK-4
            SelfTradePrevention = SelfTradePrevention.CancelTaker,
        })
        {
            Owner = command.Account,
        };

    private Command.PlaceBlockOrder Waiting() =>
        _waiting ?? throw new InvalidOperationException("No block order waits.");

    /// <summary>BLOCK-1: for each epoch the best of the books that deliver then, the first by name.</summary>
    private void FindBooks(Command.PlaceBlockOrder command, int epochs)
    {
        Array.Clear(_ranks);
        if (epochs == 0 || command.First.Value is < 0 or > Limits.MaxEpochs + Limits.MaxForwardEpochs)
        {
            return;
        }

        foreach (BookId id in state.Books.Keys)
        {
            BookParameters book = state.BookParameters[id];
            if (book.Forward is not { } forward || book.Zone != command.Zone || book.Quality != command.Quality)
            {
                continue;
            }

            long index = forward.Delivery.Value - command.First.Value;
            int rank = 1 + (book.IsOpen ? Open : 0) + (book.Mechanism == BookMechanism.Continuous ? Continuous : 0);
            if (index >= 0 && index < epochs && rank > _ranks[index])
            {
                _books[index] = id;
                _ranks[index] = rank;
            }
        }
    }

    /// <summary>
    /// BLOCK-1, BLOCK-5, in the order of the errors' numbers. What a bid must hold at any price, the fee, is asked
    /// here; the rest when the price is known.
    /// </summary>
    private LedgerError Check(AccountId signer, Command.PlaceBlockOrder command, bool isAtomic, int epochs)
    {
        if (!state.Users.Contains(command.Account))
        {
            return LedgerError.UserNotFound;
        }

        bool validQuantity = command.Quantity.Wh is > 0 and <= Limits.MaxEnergyWh;
        bool paused = state.Governance.IsMarketPaused;
        bool complete = true;
        bool open = true;
        bool continuous = true;
        for (int i = 0; i < epochs; i++)
        {
            bool found = _ranks[i] != NoBook;
            complete &= found;
            validQuantity &= !found || state.BookParameters[_books[i]].AllowsQuantity(command.Quantity);
            paused |= found && state.IsPaused(_books[i]);
            open &= !found || ((_ranks[i] - 1) & Open) != 0;
            continuous &= !found || ((_ranks[i] - 1) & Continuous) != 0;
        }

        return validQuantity && !HasFees(command, epochs) ? LedgerError.InsufficientBalance
            : !validQuantity ? LedgerError.InvalidOrderAmount
            : !AccessTable.Allows(state, signer, command) ? LedgerError.UnauthorizedOperator
            : paused ? LedgerError.MarketPaused
            : !complete ? LedgerError.BookNotFound
            : command.Limit.MicroPerKwh is < -Limits.MaxPriceMicroPerKwh or > Limits.MaxPriceMicroPerKwh
                ? LedgerError.InvalidPrice
            : state.Positions.Count >= Limits.MaxPositions ? LedgerError.TooManyOrders
            : isAtomic ? LedgerError.NotInAtomicBatch
            : !open ? LedgerError.BookClosed
            : epochs == 0 ? LedgerError.InvalidOrderTerms
            : !continuous ? LedgerError.BookNotContinuous
            : IsOneTooMany(command.Account) ? LedgerError.TooManyBlockOrders
            : LedgerError.None;
    }

    private bool HasFees(Command.PlaceBlockOrder command, int epochs)
    {
        long fees = epochs * state.Parameters.GridFee.CostCeiling(command.Quantity).Micro;
        return command.Side == Side.Sell || state.Balances.GetOrDefault(command.Account).FreeMoney.Micro >= fees;
    }

    /// <summary>BLOCK-6.</summary>
    private bool IsOneTooMany(AccountId account) =>
        _askedByAll >= Limits.MaxBlockOrdersPerBlock
        || _asked.GetValueOrDefault(account) >= Limits.MaxBlockOrdersPerAccountAndBlock;

    /// <summary>BLOCK-2, BLOCK-3: whether the quotes keep the limit, and what each part holds can be held.</summary>
    private LedgerError Weigh(Command.PlaceBlockOrder command, IReadOnlyList<BookSliceResult> answers)
    {
        Price fee = state.Parameters.GridFee;
        Int128 value = 0;
        Money hold = Money.Zero;
        _parts.Clear();
        foreach (BookSliceResult answer in answers)
        {
            if (answer.Quote is not { } quote)
            {
                return LedgerError.BlockNotFilled;
            }

            OpenOrder part = PartOf(command, answer.Book, quote.Worst, fee);
            value += quote.Value;
            hold += part.MoneyHold;
            _parts.Add(part);
        }

        // Both sides of the comparison are exact: an average is never formed.
        Int128 energy = (Int128)command.Quantity.Wh * _parts.Count;
        Int128 bound = energy * command.Limit.MicroPerKwh;
        bool keepsLimit = command.Side == Side.Buy
            ? value + (energy * fee.MicroPerKwh) <= bound
            : value >= bound;
        Money free = state.Balances.GetOrDefault(command.Account).FreeMoney;
        bool canHold = free >= hold || (command.Side == Side.Sell && hold == Money.Zero);
        return !keepsLimit ? LedgerError.BlockNotFilled
            : !canHold ? LedgerError.InsufficientBalance
            : LedgerError.None;
    }

    /// <summary>The order for one book: its limit is the worst price that it will trade at.</summary>
    private OpenOrder PartOf(Command.PlaceBlockOrder command, BookId book, Price worst, Price fee)
    {
        Price limit = command.Side == Side.Buy ? worst + fee : worst;
        return new OpenOrder(
            command.Account, book, command.Side, TimeInForce.FillOrKill, limit, worst, fee, command.Quantity)
        {
            HoldPrice = OrderPlan.HoldPriceOf(state, state.BookParameters[book], command.Side, limit, fee),
            IsForward = true,
            Terms = default(OrderTerms) with { SelfTradePrevention = SelfTradePrevention.CancelTaker },
        };
    }
}
