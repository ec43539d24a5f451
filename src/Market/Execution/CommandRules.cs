using System;
using System.Collections.Generic;
using EnergyNode.Ledger;

namespace EnergyNode.Market.Execution;

/// <summary>
/// Step 1 of a segment for any command: applies it or refuses it, and queues what the books have to do.
/// </summary>
internal sealed class CommandRules(
    LedgerState state, Postings postings, SegmentBuilder segment, SegmentRequests requests, Instant now)
{
    private readonly RegistryRules _registry = new(state);
    private readonly MoneyRules _money = new(state, postings);
    private readonly MeteringRules _metering = new(state, postings);
    private readonly TradingRules _trading = new(state, postings, requests, now);
    private readonly List<(BookId Book, BookOperation Operation)> _queued = [];
    private readonly List<OrderId> _own = [];

    /// <summary>Applies one command of a batch and writes its receipt.</summary>
    /// <param name="closesEpoch">The caller must now close the open epoch.</param>
    public void Apply(
        AccountId signer, IReadOnlyList<Command> commands, Receipt[] receipts, int index, out bool closesEpoch)
    {
        closesEpoch = false;
        if (commands[index] is Command.CloseEpoch close)
        {
            LedgerError refusal = CheckClose(signer, close);
            closesEpoch = refusal == LedgerError.None;
            receipts[index] = new Receipt(refusal, 0);
            return;
        }

        receipts[index] = ApplyOne(signer, commands[index], false);
        foreach ((BookId book, BookOperation operation) in _queued)
        {
            if (receipts[index].Error == LedgerError.None && IsAwaited(commands[index], book))
            {
                requests.Await(operation.Kind, operation.Order.Id, receipts, index);
            }
        }

        SendQueued();
    }

    /// <summary>All or nothing: the first failing command takes back what those before it did.</summary>
    public void ApplyAtomically(AccountId signer, IReadOnlyList<Command> commands, Span<Receipt> receipts)
    {
        state.BeginScope();
        bool failed = false;
        for (int i = 0; i < commands.Count && !failed; i++)
        {
            receipts[i] = commands[i] is Command.CloseEpoch
                ? new Receipt(LedgerError.NotInAtomicBatch, 0)
                : ApplyOne(signer, commands[i], true);
            failed = receipts[i].Error != LedgerError.None;
        }

        state.EndScope(keep: !failed);
        if (!failed)
        {
            SendQueued();
            return;
        }

        foreach ((BookId _, BookOperation operation) in _queued)
        {
            requests.Forget(operation);
        }

        _queued.Clear();
        foreach (ref Receipt receipt in receipts)
        {
            receipt = receipt.Error == LedgerError.None ? new Receipt(LedgerError.AtomicBatchFailed, 0) : receipt;
        }
    }

    /// <summary>Whether the book may decline what the ledger has admitted.</summary>
    private bool IsAwaited(Command command, BookId book) => command switch
    {
        Command.PlaceOrder place => place.Terms.IsPostOnly,
        Command.CancelOrder or Command.ReplaceOrder => _trading.MayDecline(book),
        _ => false,
    };

    private Receipt ApplyOne(AccountId signer, Command command, bool isAtomic)
    {
        switch (command)
        {
            case Command.PlaceOrder place:
                LedgerError placed = _trading.Place(signer, place, isAtomic, out BookOperation submit);
                if (placed == LedgerError.None)
                {
                    _queued.Add((place.Book, submit));
                }

                return new Receipt(placed, submit.Order.Id.Value);
            case Command.CancelOrder cancel:
                LedgerError cancelled = _trading.Cancel(signer, cancel, isAtomic, out OpenOrder order);
                if (cancelled == LedgerError.None)
                {
                    _queued.Add((order.Book, BookOperation.Cancel(cancel.Order)));
                }

                return new Receipt(cancelled, 0);
            case Command.ReplaceOrder replace:
                LedgerError replaced = _trading.Replace(
                    signer, replace, isAtomic, out BookOperation change, out OpenOrder old);
                if (replaced == LedgerError.None)
                {
                    _queued.Add((old.Book, change));
                }

                return new Receipt(replaced, 0);
            case Command.CancelAll cancelAll:
                LedgerError refused = _trading.CheckCancelAll(signer, cancelAll, isAtomic);
                return new Receipt(refused, refused == LedgerError.None ? CancelAll(cancelAll) : 0);
            default:
                return new Receipt(
                    command switch
                    {
                        Command.RegisterUser c => _registry.Register(signer, c),
                        Command.AssignMeter c => _registry.AssignMeter(signer, c),
                        Command.GrantAgent c => _registry.Grant(signer, c),
                        Command.Deposit c => _money.Deposit(signer, c),
                        Command.Withdraw c => _money.Withdraw(signer, c),
                        Command.Transfer c => _money.Transfer(signer, c),
                        Command.SetTariff c => _money.SetTariff(signer, c),
                        Command.SubmitReading c => _metering.Submit(signer, c),
                        _ => throw new InvalidOperationException($"No rule for {command.GetType().Name}."),
                    },
                    0);
        }
    }

    /// <returns>How many orders are on their way out now.</returns>
    private int CancelAll(Command.CancelAll command)
    {
        _own.Clear();
        state.OwnOrders.Drain(command.Account, command.Book, _own);
        int leaving = 0;
        foreach (OrderId id in _own)
        {
            if (!requests.IsLeaving(id))
            {
                requests.Leave(id);
                _queued.Add((state.Orders[id].Book, BookOperation.Cancel(id)));
                leaving++;
            }
        }

        return leaving;
    }

    private void SendQueued()
    {
        foreach ((BookId book, BookOperation operation) in _queued)
        {
            segment.Add(book, operation);
        }

        _queued.Clear();
    }

    private LedgerError CheckClose(AccountId signer, Command.CloseEpoch command)
    {
        if (!AccessTable.Allows(state, signer, command))
        {
            return LedgerError.UnauthorizedOperator;
        }

        if (state.Totals.OpenEpoch.Value >= Limits.MaxEpochs)
        {
            return LedgerError.AmountOverflow;
        }

        if (command.Epoch != state.Totals.OpenEpoch)
        {
            return LedgerError.EpochNotOpen;
        }

        return state.Parameters.Clock == MarketClock.Oracle ? LedgerError.None : LedgerError.EpochClosedByClock;
    }
}
