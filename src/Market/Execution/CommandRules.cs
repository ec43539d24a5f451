using System;
using System.Collections.Generic;
using EnergyNode.Ledger;
using EnergyNode.Market.Books;

namespace EnergyNode.Market.Execution;

/// <summary>
/// Step 1 of a segment for any command: applies it or refuses it, and queues what the books have to do.
/// </summary>
internal sealed class CommandRules(
    LedgerState state, Postings postings, SegmentBuilder segment, ValidatorRules validators, BlockHeader header)
{
    private readonly RegistryRules _registry = new(state);
    private readonly AccountGate _gate = new(state);
    private readonly UserRules _users = new(state);
    private readonly GridRegistryRules _grid = new(state);
    private readonly AssetRules _assets = new(state);
    private readonly MoneyRules _money = new(state, postings);
    private readonly MeteringRules _metering = new(state, postings);
    private readonly TradingRules _trading = new(state, postings);
    private readonly StakingRules _staking = new(state, postings, validators, header.Height, header.Time);
    private readonly List<(BookId Book, BookOperation Operation)> _queued = [];
    private readonly HashSet<OrderId> _leaving = [];

    public static BookOperation CancelOperation(OrderId id) =>
        new(BookOperationKind.Cancel, new BookOrder(id, 0, default, default, default, default));

    /// <param name="closesEpoch">The caller must now close the open epoch.</param>
    public Receipt Apply(AccountId signer, Command command, out bool closesEpoch)
    {
        closesEpoch = false;
        if (command is Command.CloseEpoch close)
        {
            LedgerError refusal = CheckClose(signer, close);
            closesEpoch = refusal == LedgerError.None;
            if (closesEpoch)
            {
                _leaving.Clear();
            }

            return new Receipt(refusal, 0);
        }

        Receipt receipt = ApplyOne(signer, command);
        SendQueued();
        return receipt;
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
                : ApplyOne(signer, commands[i]);
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
            _leaving.Remove(operation.Order.Id);
        }

        _queued.Clear();
        foreach (ref Receipt receipt in receipts)
        {
            receipt = receipt.Error == LedgerError.None ? new Receipt(LedgerError.AtomicBatchFailed, 0) : receipt;
        }
    }

    private Receipt ApplyOne(AccountId signer, Command command)
    {
        LedgerError forbidden = _gate.Check(signer, command);
        if (forbidden != LedgerError.None)
        {
            return new Receipt(forbidden, 0);
        }

        switch (command)
        {
            case Command.PlaceOrder place:
                LedgerError placed = _trading.Place(signer, place, out BookOperation submit, out OrderId id);
                if (placed == LedgerError.None)
                {
                    _queued.Add((place.Book, submit));
                }

                return new Receipt(placed, id.Value);
            case Command.CancelOrder cancel:
                return new Receipt(Cancel(signer, cancel), 0);
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
                        _ => ApplyRegistry(signer, command),
                    },
                    0);
        }
    }

    private LedgerError ApplyRegistry(AccountId signer, Command command) => command switch
    {
        Command.SetUserStatus c => _users.SetStatus(signer, c),
        Command.SetRole c => _users.SetRole(signer, c),
        Command.RegisterZone c => _grid.RegisterZone(signer, c),
        Command.RegisterFeeder c => _grid.RegisterFeeder(signer, c),
        Command.ConnectMeter c => _grid.ConnectMeter(signer, c),
        Command.ReplaceMeterKey c => _grid.ReplaceMeterKey(signer, c),
        Command.CreateAsset c => _assets.Create(signer, c),
        Command.TransferAsset c => _assets.Transfer(signer, c),
        Command.SetAssetStatus c => _assets.SetStatus(signer, c),
        Command.Bond c => _staking.Bond(signer, c),
        Command.Unbond c => _staking.Unbond(signer, c),
        Command.Unjail c => _staking.Unjail(signer, c),
        _ => throw new InvalidOperationException($"No rule for {command.GetType().Name}."),
    };

    private LedgerError Cancel(AccountId signer, Command.CancelOrder command)
    {
        bool leaving = _leaving.Contains(command.Order);
        LedgerError refusal = _trading.Cancel(signer, command, leaving, out OpenOrder order);
        if (refusal != LedgerError.None)
        {
            return refusal;
        }

        _leaving.Add(command.Order);
        _queued.Add((order.Book, CancelOperation(command.Order)));
        return LedgerError.None;
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
        LedgerError forbidden = _gate.Check(signer, command);
        if (forbidden != LedgerError.None)
        {
            return forbidden;
        }

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
