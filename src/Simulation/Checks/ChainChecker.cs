using System.Collections.Generic;
using EnergyNode.Actors;
using EnergyNode.Actors.Node;
using EnergyNode.Actors.Ports;
using EnergyNode.Consensus;
using EnergyNode.Ledger;
using EnergyNode.Market.Execution;

namespace EnergyNode.Simulation;

/// <summary>One chain for all: what is decided, what it says, what comes of it, and that nobody loses it.</summary>
internal sealed class ChainChecker
{
    private readonly GenesisBlock _genesis;
    private readonly MessageVerifiers _messages;
    private readonly BatchVerifier _batches;
    private readonly ReferenceLedger _reference;
    private readonly ViolationLog _log;
    private readonly List<Block> _chain = [];
    private readonly List<Instant> _decidedAt = [];
    private readonly IScheduler _time;
    private readonly HashSet<Hash32> _submitted = [];
    private readonly Dictionary<Hash32, Height> _executed = [];

    public ChainChecker(
        GenesisBlock genesis,
        ISignatureVerifier signatures,
        ReferenceLedger reference,
        ViolationLog log,
        IScheduler time)
    {
        _time = time;
        _genesis = genesis;
        _messages = new MessageVerifiers(genesis.Chain, signatures);
        _batches = new BatchVerifier(genesis.Chain, signatures);
        _reference = reference;
        _log = log;
    }

    /// <summary>Told what is decided.</summary>
    public EvidenceChecker? Evidence { get; set; }

    /// <summary>The highest decided block.</summary>
    public Height Height => new(_chain.Count);

    /// <summary>Who decides a height; asked for heights of which a node may speak.</summary>
    public ValidatorSet SetOf(Height height) => _reference.SetOf(height);

    /// <summary>By which a height is decided.</summary>
    public ConsensusRules RulesOf(Height height) => _reference.RulesOf(height);

    /// <summary>The first height of the set that decides a height.</summary>
    public Height SetSince(Height height) => _reference.SetSince(height);

    /// <summary>When each height was decided for the first time.</summary>
    public IReadOnlyList<Instant> DecidedAt => _decidedAt;

    /// <summary>Proof of work under conditions in which it promises detection only: two final chains are no violation
    /// when a node says so.</summary>
    public bool MayFork { get; set; }

    /// <summary>Nodes that stopped with a report that their final chain is not the heaviest.</summary>
    public int DetectedForks { get; set; }

    /// <summary>How two nodes' final blocks differ, where that may be; from then on there is no one chain to check.
    /// </summary>
    public string? Conflict { get; private set; }

    public void OnSubmitted(Hash32 batch) => _submitted.Add(batch);

    /// <summary>A node hands a decided block to its journal.</summary>
    public void OnDecided(string node, JournalRecord record)
    {
        if (Conflict is not null)
        {
            return;
        }

        Height height = new(record.SequenceNumber);
        if (height <= Height)
        {
            BorshReader reader = new(record.Payload);
            reader.Version(DecidedBlock.Version);
            Block? block = Decision.Decode(ref reader)?.Block;
            if (block?.Hash != _chain[(int)height.Value - 1].Hash)
            {
                string text = $"{node} decided {block?.Hash.Short()} at height {height}, "
                    + $"others {_chain[(int)height.Value - 1].Hash.Short()}";
                if (MayFork)
                {
                    Conflict = text;
                }
                else
                {
                    _log.Add(ViolationKind.Agreement, text);
                }
            }

            return;
        }

        DecidedBlock? decided = DecidedBlock.Read(
            record.Payload,
            _reference.Validators,
            _messages.For(_reference.Rules),
            _batches,
            out string? problem);
        if (decided is null || height != Height.Next)
        {
            _log.Add(ViolationKind.Validity, $"{node} decided at height {height}: {problem ?? "heights are missing"}");
            return;
        }

        CheckContent(node, decided);
        _chain.Add(decided.Block);
        _decidedAt.Add(_time.Now);
        _reference.Execute(decided);
        Evidence?.OnDecided(decided.Decision.Value, _reference.Find(height)?.Offences ?? []);
        foreach (BatchOutcome outcome in _reference.Find(height)?.Batches ?? [])
        {
            CheckOnce(outcome, height);
        }
    }

    /// <summary>A node executed a block, or woke up at it.</summary>
    public void OnState(string node, Height height, Hash32 stateRoot, Hash32 receiptsRoot)
    {
        if (height == Height.Genesis || Conflict is not null)
        {
            return;
        }

        if (height > Height)
        {
            _log.Add(ViolationKind.Agreement, $"{node} executed block {height}, which nobody decided");
            return;
        }

        if (_reference.Find(height) is { } expected
            && (expected.StateRoot != stateRoot || expected.ReceiptsRoot != receiptsRoot))
        {
            _log.Add(
                ViolationKind.StateRoot,
                $"{node} has state {stateRoot.Short()}, receipts {receiptsRoot.Short()} after block {height}; "
                    + $"expected {expected.StateRoot.Short()}, {expected.ReceiptsRoot.Short()}");
        }
    }

    /// <summary>A node replayed its journal.</summary>
    /// <param name="announced">The highest block of which it had told a client.</param>
    public void OnRecovered(string node, ChainHead head, Height announced)
    {
        if (Conflict is not null)
        {
            return;
        }

        if (head.Height < announced)
        {
            _log.Add(
                ViolationKind.Durability,
                $"{node} restarts at block {head.Height} although it announced block {announced} as final");
        }

        if (head.Height > Height.Genesis
            && (head.Height > Height || _chain[(int)head.Height.Value - 1].Hash != head.BlockHash))
        {
            _log.Add(ViolationKind.Durability, $"{node} restarts with a block {head.Height} that was never decided");
            return;
        }

        OnState(node, head.Height, head.StateRoot, head.ReceiptsRoot);
    }

    private void CheckContent(string node, DecidedBlock decided)
    {
        Block block = decided.Block;
        Hash32 parent = _chain.Count == 0 ? _genesis.ComputeHash() : _chain[^1].Hash;
        Instant time = _chain.Count == 0 ? _genesis.Time : _chain[^1].Header.Time;
        if (block.Header.Parent != parent || block.Header.Time <= time)
        {
            _log.Add(ViolationKind.Validity, $"{node} decided a block {block.Height} that does not follow its parent");
        }

        foreach (Verified<SignedBatch> verified in decided.Batches)
        {
            Hash32 batch = verified.Value.Hash;

            // It may have waited in a mempool while its signer left the set.
            bool isEvidence = EvidenceRules.IsEvidenceOnly(verified.Value)
                && _reference.HadVote(verified.Value.Signer, block.Height);
            if (!isEvidence && !_submitted.Contains(batch))
            {
                _log.Add(
                    ViolationKind.Validity,
                    $"{node} decided block {block.Height} with batch {batch.Short()}, which nobody submitted");
            }
        }
    }

    private void CheckOnce(BatchOutcome outcome, Height height)
    {
        if (outcome.Status == BatchStatus.Executed && !_executed.TryAdd(outcome.Batch.Hash, height))
        {
            _log.Add(
                ViolationKind.Validity,
                $"batch {outcome.Batch.Hash.Short()} was executed at {_executed[outcome.Batch.Hash]} and {height}");
        }
    }
}
