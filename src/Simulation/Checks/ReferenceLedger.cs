using System;
using System.Collections.Generic;
using EnergyNode.Actors.Node;
using EnergyNode.Consensus.Evidence;
using EnergyNode.Ledger;
using EnergyNode.Market.Execution;

namespace EnergyNode.Simulation;

/// <summary>
/// Executes each decided block once more, away from all actors and with the books in an order that only chance decides.
/// Every node must come to the same roots; and the laws of the ledger are checked after each block.
/// </summary>
internal sealed class ReferenceLedger
{
    private readonly LedgerEvidence _evidence;
    private readonly LedgerState _state;
    private readonly BookMachines _books = new();
    private readonly List<BlockOutcome> _outcomes = [];
    private readonly List<(ValidatorSet Set, Height Since, ConsensusRules Rules, int Changes)> _sets = [];
    private readonly Dice _dice;
    private readonly ViolationLog _log;

    public ReferenceLedger(
        GenesisBlock genesis, ISignatureVerifier signatures, SharedHashes shared, Dice dice, ViolationLog log)
    {
        _evidence = new LedgerEvidence(genesis.Chain, signatures);
        _dice = dice;
        _log = log;
        _state = genesis.BuildState(out string? problem, shared)
            ?? throw new InvalidOperationException(problem);
        _sets.Add((genesis.Validators, new Height(1), genesis.Rules, 0));
    }

    /// <summary>What runs a slice; a test may put a broken book here.</summary>
    public Func<BookMachine, BookSlice, BookSliceResult> RunBook { get; set; } = static (book, slice) =>
        book.Apply(slice);

    public Height Height => new(_outcomes.Count);

    public long EpochsClosed => _state.Totals.OpenEpoch.Value;

    /// <summary>Who decides the next block.</summary>
    public ValidatorSet Validators => _state.Staking.InForce;

    /// <summary>How often another set took over.</summary>
    public int SetChanges { get; private set; }

    /// <summary>How often another protocol took over.</summary>
    public int ProtocolChanges => _sets[^1].Changes;

    /// <summary>By which the next block is decided.</summary>
    public ConsensusRules Rules => _state.Staking.Rules;

    /// <summary>Of the last block.</summary>
    public Instant Time { get; private set; }

    /// <summary>What the governance stands at.</summary>
    public GovernanceStatus Governance => _state.Governance;

    /// <summary>Proposals that are not decided.</summary>
    public int Proposals => _state.Proposals.Count;

    /// <summary>Who decides a height, the next one included.</summary>
    public ValidatorSet SetOf(Height height) => _sets[IndexOf(height)].Set;

    /// <summary>By which a height is decided, the next one included.</summary>
    public ConsensusRules RulesOf(Height height) => _sets[IndexOf(height)].Rules;

    /// <summary>Whether a key has used a nonce.</summary>
    public bool HasUsed(PublicKey key, long nonce) => _state.Nonces.GetOrDefault(key).Highest >= nonce;

    /// <summary>The first height of the set that decides a height.</summary>
    public Height SetSince(Height height) => _sets[IndexOf(height)].Since;

    /// <summary>Whether a key had a vote at a height or before.</summary>
    public bool HadVote(PublicKey key, Height height)
    {
        for (int i = IndexOf(height); i >= 0; i--)
        {
            if (_sets[i].Set.IndexOf(key) is not null)
            {
                return true;
            }
        }

        return false;
    }

    public MarketTotals Totals => _state.Totals;

    /// <summary>What liars lost of their stakes, as far as the ledger still remembers it.</summary>
    public Money Slashed
    {
        get
        {
            Money sum = Money.Zero;
            foreach (long number in _state.Staking.Slashes.Keys)
            {
                sum += _state.Staking.Slashes[number].Taken;
            }

            return sum;
        }
    }

    /// <summary>What the blocks proved of validators.</summary>
    public IReadOnlyList<Offence> Offences => _state.Offences.Keys;

    /// <returns>The outcome of a height; null when it could not be executed.</returns>
    public BlockOutcome? Find(Height height) =>
        height.Value <= _outcomes.Count ? _outcomes[(int)height.Value - 1] : null;

    /// <summary>Commands of a block's batches that were executed.</summary>
    public int Commands(Height height)
    {
        int commands = 0;
        foreach (BatchOutcome batch in Find(height)?.Batches ?? [])
        {
            commands += batch.Receipts?.Receipts.Count ?? 0;
        }

        return commands;
    }

    /// <summary>Executes the next block. After a block that fails, no further one is executed.</summary>
    public void Execute(DecidedBlock block)
    {
        if (block.Block.Height != Height.Next)
        {
            return;
        }

        try
        {
            Run(block);
        }
        catch (InvalidOperationException failure)
        {
            _log.Add(ViolationKind.BookInvariant, $"block {block.Block.Height} cannot be executed: {failure.Message}");
        }
    }

    private void Run(DecidedBlock block)
    {
        BlockExecution execution = new(_state, block.Block, block.Batches, _evidence);
        IReadOnlyList<BookSlice> slices = execution.Next([]);
        while (slices.Count > 0)
        {
            BookSlice[] order = [.. slices];
            _dice.Shuffle(order);
            List<BookSliceResult> results = [];
            foreach (BookSlice slice in order)
            {
                results.Add(RunBook(_books[slice.Book], slice));
            }

            slices = execution.Next(results);
        }

        _outcomes.Add(execution.Outcome!);
        Time = block.Block.Header.Time;
        SetChanges += Validators.Hash == _sets[^1].Set.Hash ? 0 : 1;
        Height since = Validators == _sets[^1].Set ? _sets[^1].Since : new Height(_sets.Count + 1);
        _sets.Add((Validators, since, Rules, ProtocolChanges + (Rules == _sets[^1].Rules ? 0 : 1)));
        foreach ((ViolationKind kind, string text) in LedgerAudit.Check(_state, _books))
        {
            _log.Add(kind, $"after block {block.Block.Height}: {text}");
        }
    }

    private int IndexOf(Height height) => (int)Math.Min(height.Value, _sets.Count) - 1;
}
