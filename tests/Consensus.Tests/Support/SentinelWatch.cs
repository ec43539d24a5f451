using System;
using System.Collections.Generic;
using EnergyNode.Consensus.Evidence;
using EnergyNode.Ledger;

namespace EnergyNode.Consensus.Tests.Support;

/// <summary>
/// A sentinel that hears everything that leaves any node, lost or not: it may accuse liars only, and what it says must
/// be provable from its bytes.
/// </summary>
internal sealed class SentinelWatch
{
    private readonly Community _community;
    private readonly HashSet<int> _honest;
    private readonly SentinelMachine _machine;
    private readonly EvidenceVerifier _verifier;
    private readonly List<SentinelEffect> _effects = [];
    private Height _applied;

    public SentinelWatch(Community community, IReadOnlyList<int> honest)
    {
        _community = community;
        _honest = [.. honest];
        _machine = new SentinelMachine(community.Chain, new FakeVerifier(), Height.Genesis, community.Set);
        _verifier = new EvidenceVerifier(community.Chain, new FakeVerifier());
    }

    public List<FaultEvidence> Found { get; } = [];

    public void Saw(byte[] wire)
    {
        if (_community.Verifier.Verify(wire, _community.Set, Height.Genesis, out Verified<SignedMessage> message)
            == MessageRefusal.None)
        {
            Step(new SentinelInput.Heard(message, _community.Set));
        }
    }

    public void Decided(Decision decision)
    {
        if (decision.Certificate is CommitCertificate certificate)
        {
            Step(new SentinelInput.Decided(certificate, _community.Set));
        }

        if (decision.Block.Height > _applied)
        {
            _applied = decision.Block.Height;
            Step(new SentinelInput.Applied(_applied, _community.Set));
        }
    }

    private void Step(SentinelInput input)
    {
        _machine.Step(input, _effects);
        foreach (SentinelEffect effect in _effects)
        {
            if (effect is SentinelEffect.Accuse accuse)
            {
                Check(accuse.Evidence);
            }
        }

        _effects.Clear();
    }

    private void Check(FaultEvidence evidence)
    {
        Found.Add(evidence);
        int culprit = _community.Set.IndexOf(evidence.Culprit)?.Value ?? -1;
        if (_honest.Contains(culprit))
        {
            throw new InvalidOperationException(
                $"validator {culprit} is honest and accused of {evidence.Kind} at {evidence.Height}/{evidence.View}");
        }

        if (_verifier.Verify(evidence.ToArray(), _ => _community.Set, out _) is var refusal
            && refusal != EvidenceRefusal.None)
        {
            throw new InvalidOperationException($"evidence of {evidence.Kind} proves nothing: {refusal}");
        }
    }
}
