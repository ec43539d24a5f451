using System;
using EnergyNode.Consensus.Pos;
using EnergyNode.Ledger;

namespace EnergyNode.Consensus.Evidence;

/// <summary>Says whether evidence proves what it says, from the validator set of its height alone.</summary>
public sealed class EvidenceVerifier(ChainId chain, ISignatureVerifier signatures)
{
    private readonly BatchVerifier _batches = new(chain, signatures);

    /// <param name="set">The validator set of the height that the evidence names.</param>
    public EvidenceRefusal Verify(FaultEvidence evidence, ValidatorSet set)
    {
        // E9
        bool isMember = set.IndexOf(evidence.Culprit) is not null;
        if (isMember == evidence is FaultEvidence.Outside)
        {
            return EvidenceRefusal.WrongSet;
        }

        switch (evidence)
        {
            case FaultEvidence.TwoStatements two:
                return Check(evidence.Culprit, two.First, two.Second);
            case FaultEvidence.InvalidProposal invalid:
                EvidenceRefusal refusal = CheckProposal(invalid, set);
                return refusal == EvidenceRefusal.None ? Check(evidence.Culprit, invalid.Proposal) : refusal;
            case FaultEvidence.Outside outside:
                // E7
                return Check(evidence.Culprit, outside.Vote);
            default:
                throw new ArgumentOutOfRangeException(nameof(evidence));
        }
    }

    /// <summary>Decodes and verifies.</summary>
    /// <param name="setAt">
    /// The validator set that decides a height; null when the caller does not know it.
    /// </param>
    public EvidenceRefusal Verify(
        ReadOnlySpan<byte> bytes, Func<Height, ValidatorSet?> setAt, out FaultEvidence? evidence)
    {
        evidence = FaultEvidence.Decode(bytes);
        if (evidence is null)
        {
            return EvidenceRefusal.Malformed;
        }

        return setAt(evidence.Height) is { } set ? Verify(evidence, set) : EvidenceRefusal.WrongSet;
    }

    /// <summary>What is wrong with a proposal, as far as it can be proved without its batches.</summary>
    internal static ProposalFault? FaultOf(
        ChainId chain, PublicKey signer, Promise proposal, BlockHeader header, ValidatorSet set)
    {
        // E6
        if (header.Chain != chain)
        {
            return ProposalFault.WrongChain;
        }

        if (header.Height != proposal.Height)
        {
            return ProposalFault.WrongHeight;
        }

        if (header.Validators != set.Hash)
        {
            return ProposalFault.WrongValidators;
        }

        if (IsFresh(proposal) && header.Proposer != signer)
        {
            return ProposalFault.WrongProposer;
        }

        bool isOutOfTurn = proposal.Tag == Statement.ProposalTag
            && set[ProposerRotation.Proposer(set, proposal.Height, proposal.View)].Key != signer;
        return isOutOfTurn ? ProposalFault.NotItsTurn : null;
    }

    /// <summary>By its statement alone: above view 0 a proposal of PBFT may be an old block.</summary>
    private static bool IsFresh(Promise proposal) => proposal.Tag == Statement.ProposalTag
        ? proposal.Lock is null
        : proposal.View == View.Zero;

    private EvidenceRefusal CheckProposal(FaultEvidence.InvalidProposal evidence, ValidatorSet set)
    {
        if (Promise.Read(evidence.Proposal.Statement) is not { Block: { } block } proposal
            || evidence.Header.ComputeHash() != block)
        {
            return EvidenceRefusal.NotThatBlock;
        }

        if (evidence.Batch is { } batch)
        {
            if (!batch.IsIn(evidence.Header))
            {
                return EvidenceRefusal.NotThatBlock;
            }

            bool isBad = evidence.Header.Proposer == evidence.Culprit
                && _batches.Verify(batch.Batch, out _) != BatchRefusal.None;
            return isBad ? EvidenceRefusal.None : EvidenceRefusal.NoFault;
        }

        ProposalFault? fault = FaultOf(chain, evidence.Culprit, proposal, evidence.Header, set);
        return fault == evidence.Fault ? EvidenceRefusal.None : EvidenceRefusal.NoFault;
    }

    private EvidenceRefusal Check(PublicKey culprit, params ReadOnlySpan<SignedStatement> statements)
    {
        foreach (SignedStatement statement in statements)
        {
            byte[] signed = Statement.SignedBytes(chain, statement.Statement);
            if (!signatures.Verify(culprit, signed, statement.Signature))
            {
                return EvidenceRefusal.BadSignature;
            }
        }

        return EvidenceRefusal.None;
    }
}
