using System;
using System.Collections.Generic;
using EnergyNode.Ledger;

namespace EnergyNode.Consensus.Evidence;

/// <summary>
/// Finds out after a fork who made it, from what honest nodes wrote down: decisions with their certificates, statements
/// and evidence. It names whom two own signatures convict, and nobody else (docs/spec/evidence.md).
/// </summary>
/// <param name="protocol">Not proof of work, whose forks nobody signs.</param>
public sealed class ForensicInquiry(
    ChainId chain, ConsensusProtocol protocol, ISignatureVerifier signatures, ValidatorSet set)
{
    private readonly MessageVerifier _messages = new(chain, signatures, protocol);
    private readonly EvidenceVerifier _verifier = new(chain, signatures);
    private readonly SortedDictionary<Height, HeightWatch> _heights = [];
    private readonly SortedDictionary<Height, SortedSet<Hash32>> _decided = [];
    private readonly SortedDictionary<PublicKey, FaultEvidence> _culprits = [];

    /// <returns>False when the certificate does not prove the decision: it counts for nothing.</returns>
    public bool Add(Decision decision)
    {
        if (decision.Certificate is not CommitCertificate certificate
            || _messages.Verify(decision, set, out _) != MessageRefusal.None)
        {
            return false;
        }

        if (!_decided.TryGetValue(certificate.Height, out SortedSet<Hash32>? blocks))
        {
            blocks = [];
            _decided.Add(certificate.Height, blocks);
        }

        blocks.Add(certificate.BlockHash);
        byte[] statement = protocol == ConsensusProtocol.Pos
            ? Statement.Precommit(certificate.Height, certificate.View, certificate.BlockHash)
            : Statement.Vote(Statement.CommitTag, certificate.Height, certificate.View, certificate.BlockHash);
        foreach (VoteSignature vote in certificate.Votes)
        {
            Note(vote.Signer, new SignedStatement(statement, vote.Signature));
        }

        return true;
    }

    /// <returns>False when it is not signed by this validator, or binds nobody: it counts for nothing.</returns>
    public bool Add(PublicKey signer, SignedStatement signed)
    {
        if (set.IndexOf(signer) is not { } index || Promise.Read(signed.Statement) is null
            || !signatures.Verify(signer, Statement.SignedBytes(chain, signed.Statement), signed.Signature))
        {
            return false;
        }

        Note(index, signed);
        return true;
    }

    /// <returns>False when it proves nothing.</returns>
    public bool AddEvidence(ReadOnlySpan<byte> bytes)
    {
        bool isGood = _verifier.Verify(bytes, _ => set, out FaultEvidence? evidence) == EvidenceRefusal.None;
        if (isGood)
        {
            _culprits.TryAdd(evidence!.Culprit, evidence);
        }

        return isGood;
    }

    public ForensicReport Report()
    {
        // E20
        List<Height> forks = [];
        foreach ((Height height, SortedSet<Hash32> blocks) in _decided)
        {
            if (blocks.Count > 1)
            {
                forks.Add(height);
            }
        }

        VotingPower power = new(set, VotingPower.RuleOf(protocol));
        UInt128 lied = 0;
        foreach (PublicKey culprit in _culprits.Keys)
        {
            lied += set.IndexOf(culprit) is { } index ? power.Of(index) : 0;
        }

        bool isEnough = forks.Count == 0 || power.IncludesHonest(lied);
        return new ForensicReport(forks, [.. _culprits.Values], set.MaxFaulty + 1, isEnough);
    }

    private void Note(ValidatorIndex signer, SignedStatement signed)
    {
        Promise promise = Promise.Read(signed.Statement)!;
        if (!_heights.TryGetValue(promise.Height, out HeightWatch? watch))
        {
            watch = new HeightWatch();
            watch.Begin(promise.Height, set);
            _heights.Add(promise.Height, watch);
        }

        ReadStatement statement = new(signed.Statement, promise);
        foreach (FaultEvidence evidence in watch.Add(set, signer, statement, signed))
        {
            _culprits.TryAdd(evidence.Culprit, evidence);
        }
    }
}
