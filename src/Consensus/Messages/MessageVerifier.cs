using System;
using System.Collections.Generic;
using EnergyNode.Consensus.Pow;
using EnergyNode.Ledger;

namespace EnergyNode.Consensus;

/// <summary>
/// The door to the machine: checks form, the sender's signature, and everything nested in a message, so that a machine
/// sees no unverified content. The same rules check decisions and certificates for anybody.
/// </summary>
/// <param name="protocol">
/// Of the heights whose messages and certificates are checked. It is never taken from what is checked: else many
/// validators of little stake could pass their heads off as a quorum.
/// </param>
/// <param name="work">The chain's, which <see cref="ConsensusProtocol.Pow"/> needs.</param>
public sealed class MessageVerifier(
    ChainId chain, ISignatureVerifier signatures, ConsensusProtocol protocol, WorkParameters? work = null)
{
    private readonly WorkVerifier? _work = protocol != ConsensusProtocol.Pow ? null
        : new WorkVerifier(chain, signatures, work ?? throw new ArgumentNullException(nameof(work)));

    internal ConsensusProtocol Protocol => protocol;

    /// <param name="wire">One encoded <see cref="SignedMessage"/>.</param>
    /// <param name="set">The validator set of the height that this node works at.</param>
    /// <param name="since">The first height of the set.</param>
    /// <param name="message">Only set when nothing is refused.</param>
    public MessageRefusal Verify(
        ReadOnlySpan<byte> wire, ValidatorSet set, Height since, out Verified<SignedMessage> message)
    {
        message = default;
        return SignedMessage.Decode(wire) is { } signed
            ? Verify(signed, set, since, out message)
            : MessageRefusal.Malformed;
    }

    /// <param name="signed">Decoded, and not verified.</param>
    /// <param name="set">The validator set of the message's height.</param>
    /// <param name="since">The first height of the set.</param>
    /// <param name="message">Only set when nothing is refused.</param>
    public MessageRefusal Verify(
        SignedMessage signed, ValidatorSet set, Height since, out Verified<SignedMessage> message)
    {
        message = default;
        if (!set.Contains(signed.Sender))
        {
            return MessageRefusal.UnknownSigner;
        }

        if (!IsSigned(set[signed.Sender].Key, signed.Bytes, signed.Signature))
        {
            return MessageRefusal.BadSignature;
        }

        MessageRefusal refusal = CheckContent(signed, set, since);
        if (refusal == MessageRefusal.None)
        {
            message = new Verified<SignedMessage>(signed);
        }

        return refusal;
    }

    /// <summary>Checks that a block is final, by the set that decided it.</summary>
    public MessageRefusal Verify(Decision decision, ValidatorSet set, out Verified<Decision> verified)
    {
        verified = default;
        BlockHeader header = decision.Block.Header;
        if (header.Chain != chain || header.Validators != set.Hash)
        {
            return MessageRefusal.ForeignBlock;
        }

        FinalityCertificate certificate = decision.Certificate;
        if (certificate.BlockHash != decision.Block.Hash || certificate.Height != decision.Block.Height)
        {
            return MessageRefusal.CertificateMismatch;
        }

        MessageRefusal refusal = (certificate, _work) switch
        {
            (WorkCertificate done, { } verifier) => verifier.Check(decision.Block, done, set),
            (CommitCertificate votes, null) => Check(votes, set),
            _ => MessageRefusal.ForeignProtocol,
        };
        if (refusal == MessageRefusal.None)
        {
            verified = new Verified<Decision>(decision);
        }

        return refusal;
    }

    public MessageRefusal Check(CommitCertificate certificate, ValidatorSet set)
    {
        byte[] statement = protocol == ConsensusProtocol.Pos
            ? Statement.Precommit(certificate.Height, certificate.View, certificate.BlockHash)
            : Statement.Vote(Statement.CommitTag, certificate.Height, certificate.View, certificate.BlockHash);
        return CheckQuorum(statement, certificate.Votes, set);
    }

    public MessageRefusal Check(PreparedCertificate certificate, ValidatorSet set)
    {
        byte[] statement = protocol == ConsensusProtocol.Pos
            ? Statement.Prevote(
                certificate.Height, certificate.View, certificate.BlockHash, certificate.ValidRound)
            : Statement.Vote(Statement.PrepareTag, certificate.Height, certificate.View, certificate.BlockHash);
        return CheckQuorum(statement, certificate.Votes, set);
    }

    public MessageRefusal Check(CheckpointCertificate certificate, ValidatorSet set)
    {
        byte[] statement = Statement.Checkpoint(
            certificate.Height, certificate.StateRoot, certificate.ReceiptsRoot, certificate.NextValidators);
        return CheckQuorum(statement, certificate.Votes, set);
    }

    private MessageRefusal CheckContent(SignedMessage signed, ValidatorSet set, Height since) => signed.Message switch
    {
        ConsensusMessage.Status or ConsensusMessage.CheckpointVote => MessageRefusal.None,
        _ when ProtocolOf(signed.Message) != protocol => MessageRefusal.ForeignProtocol,
        ConsensusMessage.Mined m => _work!.Check(m, signed.Sender, set),
        ConsensusMessage.Proposal { Valid: { } valid } m =>
            valid.View < m.Round ? Check(valid, set) : MessageRefusal.CertificateMismatch,
        ConsensusMessage.Polka m => Check(m.Certificate, set),
        ConsensusMessage.ViewChange m => new ViewChangeRules(this, set, since).Check(m),
        ConsensusMessage.OpenView m => new ViewChangeRules(this, set, since).Check(m),
        ConsensusMessage.Committed m => Check(m.Certificate, set),
        _ => MessageRefusal.None,
    };

    private static ConsensusProtocol ProtocolOf(ConsensusMessage message) => message switch
    {
        ConsensusMessage.Proposal or ConsensusMessage.Prevote or ConsensusMessage.Precommit
            or ConsensusMessage.Polka => ConsensusProtocol.Pos,
        ConsensusMessage.Mined or ConsensusMessage.Tip or ConsensusMessage.WantBranch => ConsensusProtocol.Pow,
        _ => ConsensusProtocol.Pbft,
    };

    private MessageRefusal CheckQuorum(byte[] statement, IReadOnlyList<VoteSignature> votes, ValidatorSet set)
    {
        if (CheckSigners(votes, set) is var refusal && refusal != MessageRefusal.None)
        {
            return refusal;
        }

        byte[] signedBytes = Statement.SignedBytes(chain, statement);
        foreach (VoteSignature vote in votes)
        {
            if (!signatures.Verify(set[vote.Signer].Key, signedBytes, vote.Signature))
            {
                return MessageRefusal.BadCertificateSignature;
            }
        }

        return MessageRefusal.None;
    }

    /// <summary>Counts before it verifies, as signatures are the dear part.</summary>
    private MessageRefusal CheckSigners(IReadOnlyList<VoteSignature> votes, ValidatorSet set)
    {
        VotingPower weights = new(set, VotingPower.RuleOf(protocol));
        UInt128 power = 0;
        int previous = -1;
        foreach (VoteSignature vote in votes)
        {
            if (!set.Contains(vote.Signer))
            {
                return MessageRefusal.UnknownSigner;
            }

            if (vote.Signer.Value <= previous)
            {
                return MessageRefusal.SignersNotSorted;
            }

            previous = vote.Signer.Value;
            power += weights.Of(vote.Signer);
        }

        return weights.IsQuorum(power) ? MessageRefusal.None : MessageRefusal.NoQuorum;
    }

    internal bool IsSigned(PublicKey key, byte[] statement, Signature signature) =>
        signatures.Verify(key, Statement.SignedBytes(chain, statement), signature);
}
