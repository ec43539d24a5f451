using System;
using System.Collections.Generic;
using EnergyNode.Actors.Node;
using EnergyNode.Actors.Ports;
using EnergyNode.Consensus;
using EnergyNode.Consensus.Evidence;
using EnergyNode.Consensus.Pow;
using EnergyNode.Ledger;
using EnergyNode.Market.Clearing;
using EnergyNode.Market.Execution;
using EnergyNode.Node.Persistence;

namespace EnergyNode.Node.Hosting;

/// <summary>
/// Checks a journal's content from genesis on: that each block follows the one before it, its certificate, the
/// signatures of its batches and readings, and — by executing it — every state root that a checkpoint certificate
/// names. Needs no network and no key.
/// </summary>
internal sealed class ChainVerification
{
    private readonly MessageVerifiers _messages;
    private readonly BatchVerifier _batches;
    private readonly LedgerEvidence _evidence;
    private readonly LedgerState _state;
    private readonly BookMachines _books = new();
    private readonly Dictionary<long, (Hash32 State, Hash32 Receipts, Hash32 Next)> _roots = [];
    private readonly List<JournalFinding> _findings = [];

    /// <summary>Every set of the chain with its first height, in order.</summary>
    private readonly List<(Height Since, ValidatorSetRow Row)> _sets = [];

    private readonly List<(JournalRecord Record, CheckpointCertificate Certificate)> _ahead = [];
    private Hash32 _headHash;
    private FinalBlock _final;
    private bool _broken;

    public ChainVerification(GenesisBlock genesis, LedgerState state, ISignatureVerifier signatures)
    {
        _sets.Add((Height.Genesis, new ValidatorSetRow(genesis.Validators, genesis.Rules)));
        _state = state;
        _messages = new MessageVerifiers(genesis.Chain, signatures);
        _batches = new BatchVerifier(genesis.Chain, signatures);
        _evidence = new LedgerEvidence(genesis.Chain, signatures);
        _headHash = genesis.ComputeHash();
        _final = new FinalBlock(Height.Genesis, _headHash, genesis.Time, null);
        StateRoot = state.CommitRoot();
    }

    /// <summary>Takes the certificate of each clearing; null where nobody wants them.</summary>
    public Action<ClearingCertificate>? ClearingObserver { get; init; }

    /// <summary>Takes the certificate of each clearing of coupled books; null where nobody wants them.</summary>
    public Action<CouplingCertificate>? CouplingObserver { get; init; }

    /// <summary>Is told of each epoch when its close begins; null where nobody asks.</summary>
    public Action<EpochIndex>? ClosingObserver { get; init; }

    /// <summary>Is told of each epoch when the state is that after its close; null where nobody asks.</summary>
    public Action<EpochIndex>? EpochObserver { get; init; }

    public Height Height { get; private set; }

    public Hash32 StateRoot { get; private set; }

    public long Batches { get; private set; }

    public long Commands { get; private set; }

    public long Readings { get; private set; }

    public long CommitSignatures { get; private set; }

    public long Checkpoints { get; private set; }

    public IReadOnlyList<JournalFinding> Findings => _findings;

    /// <summary>Takes the records in the order in which they were written.</summary>
    public void Visit(JournalRecord record)
    {
        switch (record.PersistenceId)
        {
            case PersistenceIds.Blocks:
                VisitBlock(record);
                break;
            case PersistenceIds.Checkpoints:
                VisitCheckpoint(record);
                break;
            default:
                break;
        }
    }

    /// <summary>Compares the checkpoints of heights that were executed later than the checkpoint was written.</summary>
    public void Finish()
    {
        foreach ((JournalRecord record, CheckpointCertificate certificate) in _ahead)
        {
            if (!_broken)
            {
                Check(record, certificate);
            }
        }
    }

    private void VisitBlock(JournalRecord record)
    {
        if (_broken)
        {
            return;
        }

        DecidedBlock? block = DecidedBlock.Read(
            record.Payload,
            _state.Staking.InForce,
            _messages.For(_state.Staking.Rules),
            _batches,
            out string? problem);
        if (block is not null && block.Block.Height != Height.Next)
        {
            problem = $"its height is {block.Block.Height}, not {Height.Next}";
        }
        else if (block is not null && block.Block.Header.Parent != _headHash)
        {
            problem = $"its parent is not block {Height}";
        }
        else if (block is not null && _state.Staking.Rules.Work is { } work
            && FinalBlock.Of(block.Decision.Value) is { Difficulty: { } difficulty } mined
            && difficulty != DifficultyRule.After(work, _final, mined.Time))
        {
            problem = $"its difficulty is {difficulty}, not {DifficultyRule.After(work, _final, mined.Time)}";
        }

        if (problem is not null)
        {
            _broken = true;
            Report(record, problem + "; later blocks were not executed");
            return;
        }

        Execute(block!);
    }

    private void Execute(DecidedBlock block)
    {
        BlockExecution execution = new(_state, block.Block, block.Batches, _evidence)
        {
            ClearingObserver = ClearingObserver,
            CouplingObserver = CouplingObserver,
            ClosingObserver = ClosingObserver,
            EpochObserver = EpochObserver,
        };
        IReadOnlyList<BookSlice> slices = execution.Next([]);
        while (slices.Count > 0)
        {
            List<BookSliceResult> results = new(slices.Count);
            foreach (BookSlice slice in slices)
            {
                results.Add(_books.Apply(slice));
            }

            slices = execution.Next(results);
        }

        BlockOutcome outcome = execution.Outcome!;
        Height = outcome.Height;
        StateRoot = outcome.StateRoot;
        _headHash = block.Block.Hash;
        ValidatorSet next = _state.Staking.InForce;
        _roots[Height.Value] = (outcome.StateRoot, outcome.ReceiptsRoot, next.Hash);
        if (next != _sets[^1].Row.Set)
        {
            _sets.Add((Height.Next, new ValidatorSetRow(next, _state.Staking.Rules)));
        }

        _final = FinalBlock.Of(block.Decision.Value);
        CommitSignatures += block.Decision.Value.Certificate.Signatures;
        Batches += block.Batches.Count;
        foreach (Verified<SignedBatch> batch in block.Batches)
        {
            Commands += batch.Value.Commands.Count;
            foreach (Command command in batch.Value.Commands)
            {
                Readings += command is Command.SubmitReading or Command.CorrectReading ? 1 : 0;
            }
        }
    }

    private void VisitCheckpoint(JournalRecord record)
    {
        BorshReader reader = new(record.Payload);
        CheckpointCertificate certificate = CheckpointCertificate.Decode(ref reader);
        if (!reader.End())
        {
            Report(record, $"not a checkpoint certificate ({reader.Error})");
            return;
        }

        if (_roots.ContainsKey(certificate.Height.Value))
        {
            Check(record, certificate);
        }
        else
        {
            _ahead.Add((record, certificate));
        }
    }

    /// <summary>Its signatures by the set of its height, and what it says by what was executed.</summary>
    private void Check(JournalRecord record, CheckpointCertificate certificate)
    {
        ValidatorSetRow decider = SetOf(certificate.Height);
        MessageRefusal refusal = _messages.For(decider.Rules).Check(certificate, decider.Set);
        if (refusal != MessageRefusal.None)
        {
            Report(record, $"the certificate of checkpoint {certificate.Height} is not valid ({refusal})");
            return;
        }

        Checkpoints++;
        Compare(record, certificate);
    }

    private ValidatorSetRow SetOf(Height height)
    {
        int at = _sets.Count - 1;
        while (at > 0 && _sets[at].Since > height)
        {
            at--;
        }

        return _sets[at].Row;
    }

    private void Compare(JournalRecord record, CheckpointCertificate certificate)
    {
        if (!_roots.TryGetValue(
            certificate.Height.Value, out (Hash32 State, Hash32 Receipts, Hash32 Next) own))
        {
            Report(
                record,
                $"a quorum signed the state after block {certificate.Height}, which is missing: the tail is cut");
        }
        else if (own.State != certificate.StateRoot)
        {
            Report(
                record,
                $"executing up to block {certificate.Height} gives state root {own.State}, "
                + $"but a quorum signed {certificate.StateRoot}");
        }
        else if (own.Receipts != certificate.ReceiptsRoot)
        {
            Report(record, $"executing block {certificate.Height} gives other receipts than a quorum signed");
        }
        else if (own.Next != certificate.NextValidators)
        {
            Report(record, $"executing block {certificate.Height} gives another validator set than a quorum signed");
        }
    }

    private void Report(JournalRecord record, string what) =>
        _findings.Add(new JournalFinding(record.PersistenceId, record.SequenceNumber, what));
}
