using System;
using System.Collections.Generic;
using EnergyNode.Actors.Clients;
using EnergyNode.Actors.Ports;
using EnergyNode.Consensus;
using EnergyNode.Consensus.Evidence;
using EnergyNode.Ledger;
using EnergyNode.Market.Execution;

namespace EnergyNode.Actors.Node;

/// <summary>
/// Owns the ledger's state. At start it replays the journal; then it journals each decided block, executes it with the
/// book actors once it is durable, and tells the others. Questions are answered between blocks only.
/// </summary>
public sealed class LedgerActor : ReceiveActor
{
    private readonly IJournal _journal;
    private readonly IActorRef _books;
    private readonly IReadOnlyList<IActorRef> _listeners;
    private readonly MessageVerifiers _messages;
    private readonly BatchVerifier _batches;
    private readonly LedgerEvidence _evidence;
    private readonly LedgerState _state;
    private readonly BorshWriter _writer = new();
    private readonly List<BookSliceResult> _results = [];
    private readonly List<(object Question, IActorRef Asker)> _waiting = [];
    private IEnumerator<JournalRecord>? _replay;
    private ChainHead _head;
    private DecidedBlock? _current;
    private BlockExecution? _execution;
    private int _expectedResults;
    private long _knownKeys;
    private List<PublicKey> _bare = [];
    private (ValidatorSet Set, long Accounts)? _bareAsOf;

    /// <param name="books">Takes <see cref="BookSlice"/> and answers with <see cref="BookSliceResult"/>.</param>
    /// <param name="listeners">Told <see cref="LedgerMessage.Applied"/> and <see cref="LedgerMessage.Ready"/>.</param>
    /// <param name="shared">Where many ledgers of one process hash the same; null where each hashes for itself.</param>
    public LedgerActor(
        GenesisBlock genesis,
        IJournal journal,
        ISignatureVerifier signatures,
        IActorRef books,
        IReadOnlyList<IActorRef> listeners,
        SharedHashes? shared = null)
    {
        _journal = journal;
        _books = books;
        _listeners = listeners;
        _messages = new MessageVerifiers(genesis.Chain, signatures);
        _batches = new BatchVerifier(genesis.Chain, signatures);
        _evidence = new LedgerEvidence(genesis.Chain, signatures);
        _state = genesis.BuildState(out string? problem, shared)
            ?? throw new InvalidOperationException($"Genesis contradicts itself: {problem}.");
        _head = new ChainHead(
            Height.Genesis,
            genesis.ComputeHash(),
            genesis.Time,
            null,
            _state.Staking.Forecast,
            _state.CommitRoot(),
            Hash32.Zero);

        Receive<ReplayNext>(_ => Replay());
        Receive<LedgerMessage.Execute>(message => Begin(message.Block));
        Receive<JournalAppended>(_ => Execute());
        Receive<JournalFailed>(message =>
            throw new InvalidOperationException($"The journal cannot be written: {message.Reason}"));
        Receive<BookSliceResult>(OnResult);
        Receive<LedgerMessage.Inspect>(message => AnswerOrWait(message));
        Receive<ClientQuestion>(message => AnswerOrWait(message));
    }

    /// <inheritdoc/>
    protected override void PreStart()
    {
        _replay = _journal
            .Read(PersistenceIds.Blocks, 1, _journal.HighestSequenceNumber(PersistenceIds.Blocks))
            .GetEnumerator();
        Self.Tell(new ReplayNext());
    }

    private void Replay()
    {
        if (_replay!.MoveNext())
        {
            JournalRecord record = _replay.Current;
            _current = DecidedBlock.Read(
                record.Payload, _head.Validators, _messages.For(_head.Rules), _batches, out string? problem);
            problem ??= CheckFollows(_current!.Block);
            if (problem is not null)
            {
                throw new JournalCorruptException(
                    $"record {record.SequenceNumber} of {PersistenceIds.Blocks}: {problem}");
            }

            Execute();
            return;
        }

        _replay.Dispose();
        _replay = null;
        _knownKeys = _state.AccountsByKey.Changes;
        List<KeyValuePair<PublicKey, NonceWindow>> signers = [];
        foreach (PublicKey key in _state.AccountsByKey.Keys)
        {
            signers.Add(new(key, _state.Nonces.GetOrDefault(key)));
        }

        List<PublicKey> bare = BareValidators();
        foreach (PublicKey key in bare)
        {
            signers.Add(new(key, _state.Nonces.GetOrDefault(key)));
        }

        Publish(new LedgerMessage.Ready(_head, signers, CloseDue())
        {
            Offences = [.. _state.Offences.Keys],
            Reinstated = Reinstated(),
            EvidenceSigners = bare,
        });
        AnswerWaiting();
    }

    private void Begin(DecidedBlock block)
    {
        if (_current is not null || _replay is not null || block.Block.Height != _head.Height.Next)
        {
            return;
        }

        if (CheckFollows(block.Block) is { } problem)
        {
            throw new InvalidOperationException($"Consensus decided a block that does not follow: {problem}.");
        }

        _current = block;
        JournalRecord record = new(
            PersistenceIds.Blocks,
            block.Block.Height.Value,
            Context.Now,
            DecidedBlock.Manifest,
            block.ToArray(_writer),
            "");
        _journal.Append([record], Self, record.SequenceNumber);
    }

    private string? CheckFollows(Block block) =>
        block.Height != _head.Height.Next ? $"its height is {block.Height}, not {_head.Height.Next}"
        : block.Header.Parent != _head.BlockHash ? $"the parent of block {block.Height} is not block {_head.Height}"
        : null;

    private void Execute()
    {
        _execution = new BlockExecution(_state, _current!.Block, _current.Batches, _evidence);
        Advance([]);
    }

    private void OnResult(BookSliceResult result)
    {
        _results.Add(result);
        if (_results.Count == _expectedResults)
        {
            BookSliceResult[] results = [.. _results];
            _results.Clear();
            Advance(results);
        }
    }

    private void Advance(IReadOnlyList<BookSliceResult> results)
    {
        IReadOnlyList<BookSlice> slices = _execution!.Next(results);
        _expectedResults = slices.Count;
        foreach (BookSlice slice in slices)
        {
            _books.Tell(slice, Self);
        }

        if (slices.Count == 0)
        {
            Finish(_execution.Outcome!);
        }
    }

    private void Finish(BlockOutcome outcome)
    {
        DecidedBlock block = _current!;
        BlockHeader header = block.Block.Header;
        _head = new ChainHead(
            block.Block.Height,
            block.Block.Hash,
            header.Time,
            header.Proposer,
            _state.Staking.Forecast,
            outcome.StateRoot,
            outcome.ReceiptsRoot)
        {
            Certificate = block.Decision.Value.Certificate as CommitCertificate,
            Difficulty = FinalBlock.Of(block.Decision.Value).Difficulty,
        };
        _current = null;
        _execution = null;
        bool replayed = _replay is not null;
        Publish(new LedgerMessage.Applied(
            block, outcome, _head, replayed ? [] : ChangedSigners(outcome), CloseDue(), replayed)
        {
            EvidenceSigners = replayed ? [] : BareValidators(),
        });
        if (replayed)
        {
            Self.Tell(new ReplayNext());
        }
        else
        {
            AnswerWaiting();
        }
    }

    private List<KeyValuePair<PublicKey, NonceWindow>> ChangedSigners(BlockOutcome outcome)
    {
        SortedSet<PublicKey> keys = [];
        foreach (BatchOutcome batch in outcome.Batches)
        {
            keys.Add(batch.Batch.Signer);
        }

        if (_state.AccountsByKey.Changes != _knownKeys)
        {
            _knownKeys = _state.AccountsByKey.Changes;
            keys.UnionWith(_state.AccountsByKey.Keys);
        }

        List<KeyValuePair<PublicKey, NonceWindow>> signers = new(keys.Count);
        foreach (PublicKey key in keys)
        {
            if (_state.AccountsByKey.Contains(key) || _head.Validators.IndexOf(key) is not null)
            {
                signers.Add(new(key, _state.Nonces.GetOrDefault(key)));
            }
        }

        return signers;
    }

    private SortedSet<PublicKey> Reinstated()
    {
        SortedSet<PublicKey> active = [];
        foreach (Offence offence in _state.Offences.Keys)
        {
            if (_state.Staking.Validators.TryGet(offence.Culprit, out StakedValidator validator)
                && validator.Standing == ValidatorStanding.Active)
            {
                active.Add(offence.Culprit);
            }
        }

        return active;
    }

    /// <summary>Validators without an account: they may bring evidence.</summary>
    /// <summary>Validators without an account; the same list while neither accounts nor validators change.</summary>
    private List<PublicKey> BareValidators()
    {
        (ValidatorSet, long) asOf = (_head.Validators, _state.AccountsByKey.Changes);
        if (_bareAsOf != asOf)
        {
            _bareAsOf = asOf;
            _bare = [];
            foreach (Validator validator in _head.Validators.Validators)
            {
                if (!_state.AccountsByKey.Contains(validator.Key))
                {
                    _bare.Add(validator.Key);
                }
            }
        }

        return _bare;
    }

    private Instant? CloseDue() => _state.Parameters.Clock == MarketClock.Block
        ? _state.Parameters.CloseDue(_state.Totals.OpenEpoch)
        : null;

    private void AnswerOrWait(object question)
    {
        if (_execution is not null || _replay is not null)
        {
            if (_waiting.Count < Limits.MaxWaitingQuestions)
            {
                _waiting.Add((question, Sender));
            }

            return;
        }

        Answer(question, Sender);
    }

    private void AnswerWaiting()
    {
        foreach ((object question, IActorRef asker) in _waiting)
        {
            Answer(question, asker);
        }

        _waiting.Clear();
    }

    private void Answer(object question, IActorRef asker)
    {
        if (question is LedgerMessage.Inspect inspect)
        {
            asker.Tell(inspect.Question(_state, _head), Self);
        }
        else if (question is ClientQuestion { Query: { } query } client)
        {
            ClientAnswer answer = query is ClientQuery.Entries entries
                ? StatePages.Read(_state, _head, entries)
                : new ClientAnswer.Head(query.Id, _head.Height, _head.StateRoot);
            asker.Tell(new ToClient(client.Client, FrameKind.Answer, answer.ToArray()), Self);
        }
    }

    private void Publish(LedgerMessage message)
    {
        foreach (IActorRef listener in _listeners)
        {
            listener.Tell(message, Self);
        }

        Context.System.EventStream.Publish(message);
    }

    private sealed record ReplayNext;
}
