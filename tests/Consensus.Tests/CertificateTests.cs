using System.Collections.Generic;
using EnergyNode.Consensus.Tests.Support;
using EnergyNode.Ledger;
using Xunit;

namespace EnergyNode.Consensus.Tests;

/// <summary>What proves nothing is refused, whoever signed it.</summary>
public sealed class CertificateTests
{
    private static readonly Community Four = new(4);
    private static readonly Height One = new(1);
    private static readonly View V1 = new(1);
    private static readonly View V2 = new(2);
    private static readonly Block A = Four.MakeBlock(Community.Genesis, 0, new Instant(7), "a");
    private static readonly Block B = Four.MakeBlock(Community.Genesis, 0, new Instant(7), "b");

    [Fact]
    public void A_quorum_of_commits_makes_a_block_final()
    {
        Assert.Equal(MessageRefusal.None, Check(new Decision(A, Four.Committed(A, V2, 0, 2, 3))));
        Assert.Equal(MessageRefusal.None, Check(new Decision(A, Four.Committed(A, V2, 0, 1, 2, 3))));
    }

    [Fact]
    public void Too_few_signers_are_no_quorum() =>
        Assert.Equal(MessageRefusal.NoQuorum, Check(new Decision(A, Four.Committed(A, V2, 0, 2))));

    [Theory]
    [InlineData(0, 0, 2)]
    [InlineData(0, 2, 2)]
    [InlineData(2, 1, 0)]
    public void Nobody_is_counted_twice(params int[] signers) =>
        Assert.Equal(MessageRefusal.SignersNotSorted, Check(new Decision(A, Four.Committed(A, V2, signers))));

    [Fact]
    public void A_signer_outside_the_set_does_not_count()
    {
        Community seven = new(7);
        CommitCertificate certificate = seven.Committed(A, V2, 0, 1, 6);
        Assert.Equal(MessageRefusal.UnknownSigner, Check(new Decision(A, certificate)));
    }

    [Fact]
    public void Commits_to_another_height_view_or_block_prove_nothing()
    {
        CommitCertificate good = Four.Committed(A, V2, 0, 1, 2);
        CommitCertificate[] bad =
        [
            good with { View = V1 },
            good with { BlockHash = B.Hash },
            good with { Height = new Height(2) },
            Four.Committed(B, V2, 0, 1, 2),
            good with { Votes = Four.Prepared(A, V2, 0, 1, 2).Votes },
        ];
        MessageRefusal[] expected =
        [
            MessageRefusal.BadCertificateSignature,
            MessageRefusal.CertificateMismatch,
            MessageRefusal.CertificateMismatch,
            MessageRefusal.CertificateMismatch,
            MessageRefusal.BadCertificateSignature,
        ];
        for (int i = 0; i < bad.Length; i++)
        {
            Assert.Equal(expected[i], Check(new Decision(A, bad[i])));
        }
    }

    [Fact]
    public void A_block_of_another_chain_or_set_is_foreign()
    {
        Block foreign = Block.Create(A.Header with { Chain = ChainId.Parse("other") }, A.Batches);
        Assert.Equal(MessageRefusal.ForeignBlock, Check(new Decision(foreign, Four.Committed(foreign, V2, 0, 1, 2))));
        Block other = Block.Create(A.Header with { Validators = Hash32.Zero }, A.Batches);
        Assert.Equal(MessageRefusal.ForeignBlock, Check(new Decision(other, Four.Committed(other, V2, 0, 1, 2))));
    }

    [Fact]
    public void A_checkpoint_needs_a_quorum_for_the_very_same_state()
    {
        ConsensusMessage.CheckpointVote vote = new(One, A.Hash, B.Hash, Four.Set.Hash);
        ConsensusMessage.CheckpointVote other = vote with { StateRoot = B.Hash };
        CheckpointCertificate Of(params VoteSignature[] votes) => new(One, A.Hash, B.Hash, Four.Set.Hash, votes);
        VoteSignature zero = Four.VoteOf(0, vote);
        VoteSignature one = Four.VoteOf(1, vote);
        VoteSignature two = Four.VoteOf(2, vote);
        Assert.Equal(MessageRefusal.None, Four.Verifier.Check(Of(zero, one, two), Four.Set));
        Assert.Equal(MessageRefusal.NoQuorum, Four.Verifier.Check(Of(zero, one), Four.Set));
        Assert.Equal(MessageRefusal.SignersNotSorted, Four.Verifier.Check(Of(zero, one, one), Four.Set));
        Assert.Equal(
            MessageRefusal.BadCertificateSignature,
            Four.Verifier.Check(Of(zero, one, Four.VoteOf(2, other)), Four.Set));
    }

    [Fact]
    public void A_proposal_of_a_new_view_needs_its_justification()
    {
        NewView free = Four.Justify(One, V1, null, 1, 2, 3);
        PreparedCertificate preparedA = Four.Prepared(A, View.Zero, 0, 1, 2);
        CommitCertificate committedA = Four.Committed(A, View.Zero, 0, 1, 2);
        NewView bound = Four.Justify(One, V1, preparedA, 1, 2, 3);
        List<(MessageRefusal Refusal, ConsensusMessage Proposal)> table =
        [
            (MessageRefusal.None, Proposal(V1, B, free)),
            (MessageRefusal.None, Proposal(V1, A, bound)),
            (MessageRefusal.JustificationMisplaced, Proposal(V1, B, null)),
            (MessageRefusal.JustificationMisplaced, Proposal(View.Zero, B, free)),
            (MessageRefusal.CertificateMismatch, Proposal(V2, B, free)),
            (MessageRefusal.NoQuorum, Proposal(V1, B, Four.Justify(One, V1, null, 1, 2))),
            (MessageRefusal.BadCertificateSignature, Proposal(V1, B, Four.Justify(new Height(2), V1, null, 1, 2, 3))),
            (MessageRefusal.BadCertificateSignature, Proposal(V2, B, free with { View = V2 })),
            (MessageRefusal.Malformed, Proposal(V1, B, Four.Justify(One, V1, null, 1, 2, 2))),
            (MessageRefusal.HighestPreparedMismatch, Proposal(V1, B, bound with { Highest = null })),
            (MessageRefusal.HighestPreparedMismatch, Proposal(V1, A, free with { Highest = preparedA })),
            (MessageRefusal.CertificateMismatch, Proposal(V1, B, bound)),
            (MessageRefusal.NoQuorum, Proposal(
                V1, A, bound with { Highest = preparedA with { Votes = [preparedA.Votes[0], preparedA.Votes[1]] } })),
            (MessageRefusal.BadCertificateSignature, Proposal(
                V1, A, bound with { Highest = preparedA with { Votes = committedA.Votes } })),
        ];
        foreach ((MessageRefusal refusal, ConsensusMessage proposal) in table)
        {
            Assert.Equal(refusal, Verify(proposal));
        }
    }

    [Fact]
    public void The_highest_prepared_block_binds_and_not_a_lower_one()
    {
        PreparedCertificate low = Four.Prepared(A, View.Zero, 0, 1, 2);
        PreparedCertificate high = Four.Prepared(B, V1, 0, 1, 2);
        ViewChangeVote[] votes =
        [
            .. Four.Justify(One, V2, low, 0).Votes,
            .. Four.Justify(One, V2, high, 1).Votes,
            .. Four.Justify(One, V2, null, 2).Votes,
        ];
        Assert.Equal(MessageRefusal.None, Verify(Proposal(V2, B, new NewView(V2, votes, high))));
        Assert.Equal(
            MessageRefusal.HighestPreparedMismatch, Verify(Proposal(V2, A, new NewView(V2, votes, low))));
    }

    [Fact]
    public void A_view_change_proves_what_it_claims()
    {
        PreparedCertificate prepared = Four.Prepared(A, V1, 0, 1, 2);
        PreparedCertificate few = prepared with { Votes = [prepared.Votes[0], prepared.Votes[1]] };
        Assert.Equal(MessageRefusal.None, Verify(new ConsensusMessage.ViewChange(One, V2, prepared, A)));
        Assert.Equal(
            MessageRefusal.CertificateMismatch, Verify(new ConsensusMessage.ViewChange(One, V1, prepared, A)));
        Assert.Equal(MessageRefusal.NoQuorum, Verify(new ConsensusMessage.ViewChange(One, V2, few, A)));
        Assert.Equal(MessageRefusal.Malformed, Verify(new ConsensusMessage.ViewChange(One, V2, prepared, B)));
        Assert.Equal(MessageRefusal.Malformed, Verify(new ConsensusMessage.ViewChange(One, View.Zero, null, null)));
    }

    private static ConsensusMessage.PrePrepare Proposal(View view, Block block, NewView? justification) =>
        new(One, view, block, justification);

    private static MessageRefusal Verify(ConsensusMessage message) =>
        Four.Verifier.Verify(Four.Sign(1, message).Value.ToArray(), Four.Set, out _);

    private static MessageRefusal Check(Decision decision) => Four.Verifier.Verify(decision, Four.Set, out _);
}
