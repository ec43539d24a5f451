using System;
using System.Collections.Generic;
using EnergyNode.Ledger;
using EnergyNode.Market.Clearing;

namespace EnergyNode.Market.Execution;

/// <summary>
/// Executes one block against the state, in segments of three steps: the ledger checks and holds in block order, each
/// book runs its slice, the results are settled in book order. Whenever the books have work, <see cref="Next"/> returns
/// their slices and waits for the results; how the books are scheduled cannot change the outcome.
/// </summary>
public sealed class BlockExecution
{
    private readonly LedgerState _state;
    private readonly Block _block;
    private readonly IReadOnlyList<Verified<SignedBatch>> _batches;
    private readonly SegmentBuilder _segment;
    private readonly SegmentRequests _requests = new();
    private readonly BookRules _bookRules;
    private readonly ClearingRecorder _clearings;
    private readonly CouplingClose _couplings;
    private readonly CommandRules _rules;
    private readonly TradeSettlement _trades;
    private readonly ForwardSettlement _forwards;
    private readonly UtilitySettlement _utility;
    private readonly ValidatorRules _validators;
    private readonly EvidenceRules _evidence;
    private readonly GovernanceClose _decisions;
    private readonly List<BatchOutcome> _outcomes = [];
    private readonly IEnumerator<IReadOnlyList<BookSlice>> _steps;
    private IReadOnlyList<BookSliceResult> _results = [];

    /// <param name="batches">The block's batches, all of them, in the block's order.</param>
    /// <exception cref="ProtocolUpgradeException">The block needs newer software.</exception>
    public BlockExecution(
        LedgerState state,
        Block block,
        IReadOnlyList<Verified<SignedBatch>> batches,
        IEvidenceVerifier evidence)
    {
        if (batches.Count != block.Batches.Count)
        {
            throw new ArgumentException("A block is executed with all of its batches.", nameof(batches));
        }

        if (!state.Governance.IsKnownAt(block.Height))
        {
            throw new ProtocolUpgradeException(block.Height, state.Governance.ProtocolVersion);
        }

        _state = state;
        _block = block;
        _batches = batches;
        Postings postings = new(state);
        _validators = new ValidatorRules(state, postings);
        _evidence = new EvidenceRules(state, _validators, evidence, block.Height, block.Header.Time);
        _segment = new SegmentBuilder(state);
        _bookRules = new BookRules(state);
        _couplings = new CouplingClose(state);
        _clearings = new ClearingRecorder(state, _couplings);
        _rules = new CommandRules(
            state, postings, _segment, _requests, _validators, _evidence, block.Header);
        _decisions = new GovernanceClose(state, block.Height, block.Header.Time);
        _trades = new TradeSettlement(state, postings, _requests);
        _forwards = new ForwardSettlement(state, postings);
        _utility = new UtilitySettlement(state, postings, _forwards);
        _steps = Steps().GetEnumerator();
    }

    /// <summary>Takes the certificate of each clearing, whole; null where nobody wants them.</summary>
    public Action<ClearingCertificate>? ClearingObserver
    {
        get => _clearings.Observer;
        init => _clearings.Observer = value;
    }

    /// <summary>Takes the certificate of each clearing of coupled books; null where nobody wants them.</summary>
    public Action<CouplingCertificate>? CouplingObserver
    {
        get => _couplings.Observer;
        init => _couplings.Observer = value;
    }

    /// <summary>Is told of each epoch when its close begins; null where nobody asks.</summary>
    public Action<EpochIndex>? ClosingObserver { get; init; }

    /// <summary>Is told of each epoch when the state is that after its close; null where nobody asks.</summary>
    public Action<EpochIndex>? EpochObserver { get; init; }

    /// <summary>Set when <see cref="Next"/> has returned an empty list.</summary>
    public BlockOutcome? Outcome { get; private set; }

    /// <summary>Goes on until books are needed or the block is done.</summary>
    /// <param name="results">For the slices returned before, in any order; none at the first call.</param>
    /// <returns>Slices of different books; empty when the block is done.</returns>
    public IReadOnlyList<BookSlice> Next(IReadOnlyList<BookSliceResult> results)
    {
        List<BookSliceResult> ordered = [.. results];
        ordered.Sort(static (left, right) => left.Book.CompareTo(right.Book));
        _results = ordered;
        return _steps.MoveNext() ? _steps.Current : [];
    }

    private IEnumerable<IReadOnlyList<BookSlice>> Steps()
    {
        EpochIndex openBefore = _state.Totals.OpenEpoch;
        _validators.BeginBlock(_block.Header.Time);
        _rules.RunDue();
        EndDueOrders();
        foreach (IReadOnlyList<BookSlice> step in FlushSegment())
        {
            yield return step;
        }

        for (int closed = 0; closed < Limits.MaxEpochClosesPerBlock && IsCloseDue(); closed++)
        {
            foreach (IReadOnlyList<BookSlice> step in CloseEpoch())
            {
                yield return step;
            }
        }

        foreach (Verified<SignedBatch> verified in _batches)
        {
            SignedBatch batch = verified.Value;
            BatchStatus status = Admit(batch, out AccountId signer);
            if (status != BatchStatus.Executed)
            {
                _outcomes.Add(new BatchOutcome(batch, status, null));
                continue;
            }

            Receipt[] receipts = new Receipt[batch.Commands.Count];
            if ((batch.Flags & BatchFlags.Atomic) != 0)
            {
                _rules.ApplyAtomically(signer, batch.Commands, receipts);
            }
            else
            {
                for (int i = 0; i < receipts.Length; i++)
                {
                    _rules.Apply(signer, batch.Commands, receipts, i, out SegmentEnd end);
                    foreach (IReadOnlyList<BookSlice> step in EndSegment(end, receipts, i))
                    {
                        yield return step;
                    }
                }
            }

            _outcomes.Add(new BatchOutcome(batch, status, new BatchReceipts(batch.Hash, receipts)));
        }

        foreach (IReadOnlyList<BookSlice> step in FlushSegment())
        {
            yield return step;
        }

        _validators.EndBlock(_block.Height, _state.Totals.OpenEpoch != openBefore);
        Outcome = new BlockOutcome(_block.Height, _state.CommitRoot(), ReceiptsRoot(), _outcomes)
        {
            Offences = _rules.Proved,
        };
    }

    private bool IsCloseDue()
    {
        MarketParameters parameters = _state.Parameters;
        return parameters.Clock == MarketClock.Block
            && _block.Header.Time >= parameters.CloseDue(_state.Totals.OpenEpoch);
    }

    private BatchStatus Admit(SignedBatch batch, out AccountId signer)
    {
        if (!_state.AccountsByKey.TryGet(batch.Signer, out signer) && !_evidence.MayBring(batch.Signer, batch))
        {
            return BatchStatus.UnknownSigner;
        }

        Instant time = _block.Header.Time;
        if (time > batch.ValidUntil)
        {
            return BatchStatus.Expired;
        }

        if (batch.ValidUntil > time.Plus(Limits.MaxValidity))
        {
            return BatchStatus.ValidTooLong;
        }

        NonceWindow window = _state.Nonces.GetOrDefault(batch.Signer);
        if (!window.Accepts(batch.Nonce))
        {
            return BatchStatus.NonceUnusable;
        }

        if ((batch.Flags & BatchFlags.InOrder) != 0 && batch.Nonce != window.Highest + 1)
        {
            return BatchStatus.OutOfOrder;
        }

        _state.Nonces.Set(batch.Signer, window.With(batch.Nonce));
        return BatchStatus.Executed;
    }

    private IEnumerable<IReadOnlyList<BookSlice>> FlushSegment()
    {
        if (!_segment.IsEmpty)
        {
            yield return _segment.Take();
            SettleResults();
        }
    }

    private IEnumerable<IReadOnlyList<BookSlice>> EndSegment(SegmentEnd end, Receipt[] receipts, int index) =>
        end switch
        {
            SegmentEnd.CloseEpoch => CloseEpoch(),
            SegmentEnd.BlockOrder => TradeBlock(receipts, index),
            _ => [],
        };

    /// <summary>BLOCK-2: asks all books of a block order, and goes to all of them or to none.</summary>
    private IEnumerable<IReadOnlyList<BookSlice>> TradeBlock(Receipt[] receipts, int index)
    {
        foreach (IReadOnlyList<BookSlice> step in FlushSegment())
        {
            yield return step;
        }

        _rules.Blocks.Ask();
        yield return _segment.Take();
        receipts[index] = _rules.DecideBlock(_results);
        if (!_segment.IsEmpty)
        {
            yield return _segment.Take();
            _rules.Blocks.RequireFilled(_results);
            SettleResults();
        }
    }

    private IEnumerable<IReadOnlyList<BookSlice>> CloseEpoch()
    {
        foreach (IReadOnlyList<BookSlice> step in FlushSegment())
        {
            yield return step;
        }

        ClosingObserver?.Invoke(_state.Totals.OpenEpoch);
        _decisions.BeginClose();
        _couplings.Clear(_segment, _block.Height);
        _clearings.Prepare();
        foreach (BookId book in _state.Books.Keys)
        {
            if (_state.BookParameters[book].Mechanism != BookMechanism.Continuous)
            {
                _segment.Add(book, BookOperation.Of(
                    _couplings.IsCoupled(book) ? BookOperationKind.EndClearing : BookOperationKind.Clear));
            }

            if (_state.Books[book] > 0)
            {
                _segment.Add(book, BookOperation.Of(BookOperationKind.EndEpoch));
            }
        }

        if (!_segment.IsEmpty)
        {
            yield return _segment.Take();
            foreach (BookSliceResult result in _results)
            {
                _clearings.Record(result, _block.Height);
            }

            _couplings.Settle(_trades);
            SettleResults();
        }

        EndOrders();
        foreach (IReadOnlyList<BookSlice> step in FlushSegment())
        {
            yield return step;
        }

        _rules.EndWithEpoch();
        _forwards.Deliver(_state.Totals.OpenEpoch);
        _utility.Settle();
        MarketTotals totals = _state.Totals;
        _bookRules.Apply(totals.OpenEpoch);
        _decisions.EndClose();
        _state.Totals = totals with
        {
            OpenEpoch = totals.OpenEpoch.Next,
            EpochsWithoutTrade = totals.EpochsWithoutTrade + (totals.Trades == totals.TradesAtClose ? 1 : 0),
            TradesAtClose = totals.Trades,
        };
        EpochObserver?.Invoke(totals.OpenEpoch);
    }

    /// <summary>BOOK-19: what is good till a time ends before anything else of the block.</summary>
    private void EndDueOrders()
    {
        Instant time = _block.Header.Time;
        foreach (BookId book in _state.BookExpiries.Keys)
        {
            if (_state.BookExpiries[book] <= time)
            {
                _segment.Add(book, BookOperation.Of(BookOperationKind.EndUntil) with { Until = time });
            }
        }
    }

    /// <summary>
    /// An ask cannot outlive the tokens that it offers; nothing outlives the gate of its book, nor a change of rules.
    /// </summary>
    private void EndOrders()
    {
        HashSet<BookId> ending = [];
        foreach (BookId book in _state.Books.Keys)
        {
            if (_bookRules.EndsOrders(book, _state.Totals.OpenEpoch))
            {
                ending.Add(book);
            }
        }

        foreach (OrderId id in _state.Orders.Keys)
        {
            OpenOrder order = _state.Orders[id];
            if (order.TokenHold > Grid.Zero || ending.Contains(order.Book))
            {
                _segment.Add(order.Book, BookOperation.Cancel(id));
            }
        }
    }

    private void SettleResults()
    {
        foreach (BookSliceResult result in _results)
        {
            _trades.Settle(result);
        }

        _trades.EndSegment();
    }

    private Hash32 ReceiptsRoot()
    {
        BorshWriter writer = new();
        List<Hash32> leaves = [];
        foreach (BatchOutcome outcome in _outcomes)
        {
            if (outcome.Receipts is { } receipts)
            {
                writer.Clear();
                receipts.Encode(writer);
                leaves.Add(Hash32.Of(writer.WrittenSpan));
            }
        }

        return MerkleTree.Root([.. leaves]);
    }
}
