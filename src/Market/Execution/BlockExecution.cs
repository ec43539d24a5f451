using System;
using System.Collections.Generic;
using EnergyNode.Ledger;

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
    private readonly SegmentBuilder _segment = new();
    private readonly CommandRules _rules;
    private readonly TradeSettlement _trades;
    private readonly UtilitySettlement _utility;
    private readonly ValidatorRules _validators;
    private readonly EvidenceRules _evidence;
    private readonly List<BatchOutcome> _outcomes = [];
    private readonly IEnumerator<IReadOnlyList<BookSlice>> _steps;
    private IReadOnlyList<BookSliceResult> _results = [];

    /// <param name="batches">The block's batches, all of them, in the block's order.</param>
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

        _state = state;
        _block = block;
        _batches = batches;
        Postings postings = new(state);
        _validators = new ValidatorRules(state, postings);
        _evidence = new EvidenceRules(state, _validators, evidence, block.Height, block.Header.Time);
        _rules = new CommandRules(state, postings, _segment, _validators, _evidence, block.Header);
        _trades = new TradeSettlement(state, postings);
        _utility = new UtilitySettlement(state, postings);
        _steps = Steps().GetEnumerator();
    }

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
                    receipts[i] = _rules.Apply(signer, batch.Commands[i], out bool closes);
                    foreach (IReadOnlyList<BookSlice> step in closes ? CloseEpoch() : [])
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

    private IEnumerable<IReadOnlyList<BookSlice>> CloseEpoch()
    {
        foreach (IReadOnlyList<BookSlice> step in FlushSegment())
        {
            yield return step;
        }

        long tradesBefore = _state.Totals.Trades;
        foreach (BookId book in _state.Books.Keys)
        {
            _segment.Add(book, new BookOperation(BookOperationKind.Clear, default));
        }

        Dictionary<BookId, int> ordersAtClearing = [];
        foreach (BookId book in _state.Books.Keys)
        {
            ordersAtClearing[book] = _state.Books[book];
        }

        yield return _segment.Take();
        SettleResults();
        RecordClearings(ordersAtClearing);

        EndAsks();
        foreach (IReadOnlyList<BookSlice> step in FlushSegment())
        {
            yield return step;
        }

        _rules.EndWithEpoch();
        _utility.Settle();
        MarketTotals totals = _state.Totals;
        _state.Totals = totals with
        {
            OpenEpoch = totals.OpenEpoch.Next,
            EpochsWithoutTrade = totals.EpochsWithoutTrade + (totals.Trades == tradesBefore ? 1 : 0),
        };
    }

    /// <summary>An ask cannot outlive the tokens that it offers.</summary>
    private void EndAsks()
    {
        foreach (OrderId id in _state.Orders.Keys)
        {
            OpenOrder order = _state.Orders[id];
            if (order.Side == Side.Sell)
            {
                _segment.Add(order.Book, CommandRules.CancelOperation(id));
            }
        }
    }

    private void SettleResults()
    {
        foreach (BookSliceResult result in _results)
        {
            _trades.Settle(result);
        }
    }

    private void RecordClearings(Dictionary<BookId, int> orders)
    {
        foreach (BookSliceResult result in _results)
        {
            if (result.Auction is { } auction)
            {
                _state.EpochResults.Set(
                    new BookEpoch(result.Book, _state.Totals.OpenEpoch),
                    new EpochResult(
                        auction.Price, auction.Volume, auction.Trades, orders[result.Book], _block.Height));
            }
        }
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
