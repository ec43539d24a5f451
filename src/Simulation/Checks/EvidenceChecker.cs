using System.Collections.Generic;
using EnergyNode.Actors;
using EnergyNode.Actors.Node;
using EnergyNode.Actors.Ports;
using EnergyNode.Consensus;
using EnergyNode.Consensus.Evidence;
using EnergyNode.Ledger;

namespace EnergyNode.Simulation;

/// <summary>
/// Judges the sentinels: whom they accuse, whether that is proved, and how fast. Where there are liars, a sentinel of
/// its own hears everything that any honest node hears, and so knows when an offence became provable.
/// </summary>
/// <param name="chain">Knows who decides a height, the next one included.</param>
/// <param name="nodes">How many there are; each has a validator's key, whether it is in the set or not.</param>
internal sealed class EvidenceChecker(
    GenesisBlock genesis,
    SimulatedKeys keys,
    SeededRunner runner,
    ViolationLog log,
    ChainChecker chain,
    int nodes,
    SharedVerifications shared)
{
    private readonly MessageVerifiers _messages = new(genesis.Chain, keys);
    private readonly EvidenceVerifier _verifier = new(genesis.Chain, keys);
    private readonly SentinelMachine _oracle = new(genesis.Chain, keys, Height.Genesis, genesis.Validators);
    private readonly List<SentinelEffect> _effects = [];
    private readonly SortedDictionary<PublicKey, Instant> _provable = [];
    private readonly HashSet<PublicKey> _accused = [];
    private readonly SortedSet<Offence> _committed = [];
    private readonly Dictionary<(int Node, PublicKey Culprit), Instant> _commitments = [];
    private readonly HashSet<(int Node, PublicKey Culprit)> _cut = [];
    private readonly CommitRounds _rounds = new();
    private int _provableFaults;
    private int _falseAccusations;
    private Duration? _maxDetection;
    private Duration? _maxIsolation;

    /// <summary>Positions of the validators that lie; whoever else is accused is accused falsely.</summary>
    public HashSet<int> Liars { get; } = [];

    public EvidenceReport Report() =>
        new(_committed.Count, _provableFaults, _falseAccusations, _maxDetection, _maxIsolation, _rounds.Most);

    /// <summary>A record of a node is durable.</summary>
    public void OnDurable(int node, JournalRecord record)
    {
        if (record.PersistenceId == PersistenceIds.Evidence && !Liars.Contains(node)
            && FaultEvidence.Decode(record.Payload) is { } evidence)
        {
            _rounds.OnHeld(node, evidence.Culprit, evidence.Height);
        }
    }

    /// <summary>A node has lost its disk.</summary>
    public void OnLost(int node) => _rounds.OnLost(node);

    /// <summary>A node writes a record, which is not durable yet.</summary>
    /// <param name="executed">The last height that the node has executed.</param>
    public void OnAppended(int node, Height executed, JournalRecord record)
    {
        if (_rounds.IsWaiting && record.PersistenceId == PersistenceIds.Consensus && !Liars.Contains(node)
            && SafetyPromise.ReadProposal(record) is { } block
            && block.Header.Proposer == keys.Signer(SimulatedMarket.ValidatorName(node)).PublicKey)
        {
            _rounds.OnMade(node, executed, block.Hash);
        }
    }

    /// <summary>A frame arrives at a node.</summary>
    public void OnDelivered(SentFrame frame)
    {
        if (Liars.Count == 0 || Liars.Contains(frame.To) || frame.To >= nodes
            || frame.Kind != FrameKind.Consensus)
        {
            return;
        }

        if (shared.Decode(frame.Payload) is { } signed
            && chain.SetOf(signed.Message.Height) is var set
            && shared.Verify(
                _messages.For(chain.RulesOf(signed.Message.Height)),
                signed,
                set,
                chain.SetSince(signed.Message.Height),
                out Verified<SignedMessage> message)
                == MessageRefusal.None)
        {
            Ask(new SentinelInput.Heard(message, set));
        }
    }

    /// <summary>A height is decided by a first node.</summary>
    /// <param name="offences">What it proves.</param>
    public void OnDecided(Decision decision, IReadOnlyList<Offence> offences)
    {
        _rounds.OnDecided(decision.Block.Hash, offences);
        if (Liars.Count > 0)
        {
            Height height = decision.Block.Height;
            Ask(new SentinelInput.Decided(decision.Certificate, chain.SetOf(height)));
            Ask(new SentinelInput.Applied(height, chain.SetOf(height.Next)));
        }
    }

    /// <summary>A node's sentinel says something.</summary>
    public void OnPublished(int node, string name, SentinelMessage message)
    {
        if (Liars.Contains(node))
        {
            return;
        }

        switch (message)
        {
            case SentinelMessage.Accused accused:
                OnAccused(name, accused.Evidence);
                break;
            case SentinelMessage.Committed committed:
                _committed.Add(committed.Offence);
                NoteCommitment((node, committed.Offence.Culprit));
                OnCommitted(name, committed.Offence);
                break;
        }
    }

    /// <summary>A node cuts the link to another.</summary>
    /// <returns>False when the other is honest.</returns>
    public bool OnRefused(int node, PublicKey peer)
    {
        bool isFirst = _cut.Add((node, peer));
        if (isFirst && !Liars.Contains(node) && _commitments.TryGetValue((node, peer), out Instant since))
        {
            _maxIsolation = Longer(_maxIsolation, runner.Now.Since(since));
        }

        return Liars.Contains(IndexOf(peer));
    }

    private int IndexOf(PublicKey key)
    {
        for (int i = 0; i < nodes; i++)
        {
            if (keys.Signer(SimulatedMarket.ValidatorName(i)).PublicKey == key)
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>The link may be cut before the witness of the commitment gets its turn.</summary>
    private void NoteCommitment((int Node, PublicKey Culprit) who)
    {
        if (_commitments.TryAdd(who, runner.Now) && _cut.Contains(who))
        {
            _maxIsolation = Longer(_maxIsolation, default);
        }
    }

    private void OnAccused(string name, FaultEvidence evidence)
    {
        if (_verifier.Verify(evidence.ToArray(), chain.SetOf, out _) is var refusal
            && refusal != EvidenceRefusal.None)
        {
            log.Add(ViolationKind.FalseAccusation, $"{name} has evidence that proves nothing: {refusal}");
        }

        string kind = evidence is FaultEvidence.InvalidProposal invalid
            ? $"{evidence.Kind} ({invalid.Fault})"
            : evidence.Kind.ToString();
        CheckCulprit(name, evidence.Culprit, kind, evidence.Height);
        if (_accused.Add(evidence.Culprit) && _provable.TryGetValue(evidence.Culprit, out Instant since))
        {
            NoteDetection(runner.Now.Since(since));
        }
    }

    private void OnCommitted(string name, Offence offence) =>
        CheckCulprit(name, offence.Culprit, offence.Kind.ToString(), offence.Height);

    private void CheckCulprit(string name, PublicKey culprit, string kind, Height height)
    {
        int index = IndexOf(culprit);
        if (index < 0 || !Liars.Contains(index))
        {
            _falseAccusations++;
            log.Add(
                ViolationKind.FalseAccusation,
                $"{name} accuses {(index < 0 ? "a stranger" : "validator " + index)}, who never lied, of {kind} "
                    + $"at height {height}");
        }
    }

    private void Ask(SentinelInput input)
    {
        _oracle.Step(input, _effects);
        foreach (SentinelEffect effect in _effects)
        {
            if (effect is SentinelEffect.Accuse accuse)
            {
                _provableFaults++;
                _provable.TryAdd(accuse.Evidence.Culprit, runner.Now);
                if (_accused.Contains(accuse.Evidence.Culprit))
                {
                    NoteDetection(default);
                }
            }
        }

        _effects.Clear();
    }

    private void NoteDetection(Duration took) => _maxDetection = Longer(_maxDetection, took);

    private static Duration Longer(Duration? longest, Duration other) =>
        longest is { } known && known.Micros > other.Micros ? known : other;
}
