using System;
using System.Collections.Generic;
using EnergyNode.Ledger;

namespace EnergyNode.Market.Execution;

/// <summary>
/// Step 1 of a segment for any command: applies it or refuses it, and queues what the books have to do.
/// </summary>
internal sealed class CommandRules(
    LedgerState state,
    Postings postings,
    SegmentBuilder segment,
    SegmentRequests requests,
    ValidatorRules validators,
    EvidenceRules evidence,
    BlockHeader header)
{
    private readonly RegistryRules _registry = new(state);
    private readonly AccountGate _gate = new(state);
    private readonly UserRules _users = new(state);
    private readonly GridRegistryRules _grid = new(state);
    private readonly AssetRules _assets = new(state);
    private readonly TokenRules _tokens = new(state, postings, header.Time);
    private readonly KeyRules _keys = new(state);
    private readonly CircleRules _circles = new(state);
    private readonly OperationRules _operations = new(state, header.Time);
    private readonly RecoveryRules _recoveries = new(state, new KeyRules(state), header.Time);
    private readonly MoneyRules _money = new(state, postings);
    private readonly RecRules _certificates = new(state);
    private readonly GovernanceRules _proposals = new(state, header.Height, header.Time);
    private readonly MeteringRules _metering = new(state, postings);
    private readonly CorrectionRules _corrections = new(state, postings);
    private readonly OracleRules _oracle = new(state, postings);
    private readonly StakingRules _staking = new(state, postings, validators, header.Height, header.Time);
    private readonly TradingRules _trading = new(state, postings, requests, header.Time);
    private readonly BlockOrderRules _blocks = new(
        state, new TradingRules(state, postings, requests, header.Time), segment);

    private readonly List<(BookId Book, BookOperation Operation)> _queued = new(1);
    private readonly List<Offence> _proved = [];
    private readonly List<OrderId> _own = [];
    private bool _isAtomic;
    private Command.ApproveOperation? _completing;

    /// <summary>The block order that waits for the end of the segment.</summary>
    public BlockOrderRules Blocks => _blocks;

    /// <summary>What the commands proved of validators.</summary>
    public IReadOnlyList<Offence> Proved => _proved;

    /// <summary>What becomes due with the time of the block, before anything else in it.</summary>
    public void RunDue()
    {
        _tokens.Spending.ReleaseDue();
        _operations.EndExpired();
        _recoveries.CompleteDue();
        _proposals.EndExpired();
    }

    /// <summary>What ends with an epoch, before its tokens are settled.</summary>
    public void EndWithEpoch() => _tokens.Spending.EndAll();

    /// <summary>Applies one command of a batch and writes its receipt.</summary>
    /// <param name="end">What the caller must do now, after it has ended the segment.</param>
    public void Apply(
        AccountId signer, IReadOnlyList<Command> commands, Receipt[] receipts, int index, out SegmentEnd end)
    {
        end = SegmentEnd.None;
        if (commands[index] is Command.CloseEpoch close)
        {
            LedgerError refusal = CheckClose(signer, close);
            end = refusal == LedgerError.None ? SegmentEnd.CloseEpoch : SegmentEnd.None;
            if (end == SegmentEnd.CloseEpoch)
            {
                _oracle.Charge(signer, close);
            }

            receipts[index] = new Receipt(refusal, 0);
            return;
        }

        receipts[index] = ApplyOne(signer, commands[index]);
        foreach ((BookId book, BookOperation operation) in _queued)
        {
            if (receipts[index].Error == LedgerError.None && IsAwaited(commands[index], book))
            {
                requests.Await(operation.Kind, operation.Order.Id, receipts, index);
            }
        }

        SendQueued();
        end = _blocks.IsWaiting ? SegmentEnd.BlockOrder : SegmentEnd.None;
    }

    /// <summary>Decides on the block order that waits.</summary>
    /// <param name="answers">Of its books.</param>
    public Receipt DecideBlock(IReadOnlyList<BookSliceResult> answers)
    {
        Receipt receipt = _blocks.Decide(answers);
        if (receipt.Error == LedgerError.None && _completing is { } approval)
        {
            _operations.Done(approval);
        }

        _completing = null;
        return receipt;
    }

    /// <summary>All or nothing: the first failing command takes back what those before it did.</summary>
    public void ApplyAtomically(AccountId signer, IReadOnlyList<Command> commands, Span<Receipt> receipts)
    {
        state.BeginScope();
        int proved = _proved.Count;
        _isAtomic = true;
        bool failed = false;
        for (int i = 0; i < commands.Count && !failed; i++)
        {
            receipts[i] = commands[i] is Command.CloseEpoch
                ? new Receipt(LedgerError.NotInAtomicBatch, 0)
                : ApplyOne(signer, commands[i]);
            failed = receipts[i].Error != LedgerError.None;
        }

        _isAtomic = false;
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
        _proved.RemoveRange(proved, _proved.Count - proved);
        foreach (ref Receipt receipt in receipts)
        {
            receipt = receipt.Error == LedgerError.None ? new Receipt(LedgerError.AtomicBatchFailed, 0) : receipt;
        }
    }

    /// <summary>Whether the book may decline what the ledger has admitted.</summary>
    private bool IsAwaited(Command command, BookId book) => command switch
    {
        Command.ApproveOperation approval => IsAwaited(approval.Operation, book),
        Command.PlaceOrder place => place.Terms.IsPostOnly,
        Command.CancelOrder or Command.ReplaceOrder => _trading.MayDecline(book),
        _ => false,
    };

    /// <param name="approved">The members of the signer have approved it.</param>
    private Receipt ApplyOne(AccountId signer, Command command, bool approved = false)
    {
        if (command is Command.SubmitEvidence proof)
        {
            return new Receipt(Submit(proof), 0);
        }

        LedgerError forbidden = _gate.Check(signer, command, approved);
        if (forbidden == LedgerError.None)
        {
            forbidden = _oracle.Check(signer, command);
        }

        if (forbidden != LedgerError.None)
        {
            return new Receipt(forbidden, 0);
        }

        Receipt receipt = ApplyAllowed(signer, command);
        if (receipt.Error == LedgerError.None)
        {
            _oracle.Charge(signer, command);
        }

        return receipt;
    }

    private Receipt ApplyAllowed(AccountId signer, Command command)
    {
        switch (command)
        {
            case Command.PlaceOrder place:
                LedgerError placed = _trading.Place(signer, place, _isAtomic, out BookOperation submit);
                if (placed == LedgerError.None)
                {
                    _queued.Add((place.Book, submit));
                }

                return new Receipt(placed, submit.Order.Id.Value);
            case Command.CancelOrder cancel:
                LedgerError cancelled = _trading.Cancel(signer, cancel, _isAtomic, out OpenOrder order);
                if (cancelled == LedgerError.None)
                {
                    _queued.Add((order.Book, BookOperation.Cancel(cancel.Order)));
                }

                return new Receipt(cancelled, 0);
            case Command.ReplaceOrder replace:
                LedgerError replaced = _trading.Replace(
                    signer, replace, _isAtomic, out BookOperation change, out OpenOrder old);
                if (replaced == LedgerError.None)
                {
                    _queued.Add((old.Book, change));
                }

                return new Receipt(replaced, 0);
            case Command.CancelAll cancelAll:
                LedgerError refused = _trading.CheckCancelAll(signer, cancelAll, _isAtomic);
                return new Receipt(refused, refused == LedgerError.None ? CancelAll(cancelAll) : 0);
            case Command.Transfer transfer:
                LedgerError moved = _tokens.Transfer(signer, transfer, out TransferId waiting);
                return new Receipt(moved, waiting.Value);
            case Command.TransferFrom transfer:
                moved = _tokens.TransferFrom(signer, transfer, out waiting);
                return new Receipt(moved, waiting.Value);
            case Command.ApproveOperation approval:
                return Approve(signer, approval);
            case Command.IssueCertificates c:
                return _certificates.Issue(signer, c);
            case Command.Propose c:
                return _proposals.Propose(signer, c);
            case Command.SplitCertificates c:
                return _certificates.Split(signer, c);
            default:
                return new Receipt(
                    command switch
                    {
                        Command.RegisterUser c => _registry.Register(signer, c),
                        Command.AssignMeter c => _registry.AssignMeter(signer, c),
                        Command.GrantAgent c => _registry.Grant(signer, c),
                        Command.Deposit c => _money.Deposit(signer, c),
                        Command.Withdraw c => _money.Withdraw(signer, c),
                        Command.SetTariff c => _money.SetTariff(signer, c),
                        Command.SubmitReading c => _metering.Submit(signer, c),
                        _ => ApplyRegistry(signer, command),
                    },
                    0);
        }
    }

    private LedgerError Submit(Command.SubmitEvidence command)
    {
        LedgerError refusal = evidence.Submit(command, out Offence offence);
        if (refusal == LedgerError.None)
        {
            _proved.Add(offence);
        }

        return refusal;
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
        Command.RotateKey c => _keys.Rotate(signer, c),
        Command.RevokeKey c => _keys.Revoke(signer, c),
        Command.SetCircle c => _circles.Set(signer, c),
        Command.VoteRecovery c => _recoveries.Vote(signer, c),
        Command.Approve c => _tokens.Approve(signer, c),
        Command.Mint c => _tokens.Mint(c),
        Command.Burn c => _tokens.Burn(signer, c),
        Command.SetSpendingPolicy c => _tokens.Spending.SetPolicy(signer, c),
        Command.CancelTransfer c => _tokens.Spending.Cancel(signer, c),
        Command.TransferCertificates c => _certificates.Transfer(signer, c),
        Command.RetireCertificates c => _certificates.Retire(signer, c),
        Command.SetDistanceFees c => new DistanceRules(state).SetFees(signer, c),
        Command.ApproveProposal c => _proposals.Approve(signer, c),
        Command.WithdrawApproval c => _proposals.Withdraw(signer, c),
        Command.CancelProposal c => _proposals.Cancel(signer, c),
        Command.CorrectReading c => _corrections.Correct(signer, c),
        Command.SetDeviationPrices c => _corrections.SetPrices(signer, c),
        Command.PlaceBlockOrder c => _blocks.Admit(signer, c, _isAtomic),
        Command.PrepayOracle c => _oracle.Prepay(signer, c),
        _ => throw new InvalidOperationException($"No rule for {command.GetType().Name}."),
    };

    private Receipt Approve(AccountId signer, Command.ApproveOperation approval)
    {
        LedgerError refusal = _operations.Approve(signer, approval, out bool complete);
        if (refusal != LedgerError.None || !complete)
        {
            return new Receipt(refusal, 0);
        }

        Receipt receipt = ApplyOne(approval.Account, approval.Operation, approved: true);
        if (_blocks.IsWaiting)
        {
            _completing = approval;
        }
        else if (receipt.Error == LedgerError.None)
        {
            _operations.Done(approval);
        }

        return receipt;
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
        LedgerError forbidden = _gate.Check(signer, command, approved: false);
        if (forbidden != LedgerError.None)
        {
            return forbidden;
        }

        if (!AccessTable.Allows(state, signer, command))
        {
            return LedgerError.UnauthorizedOperator;
        }

        LedgerError unpaid = _oracle.Check(signer, command);
        if (unpaid != LedgerError.None)
        {
            return unpaid;
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
