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
            good with { View = new View(1) },
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
    public void A_new_view_proposes_the_prefix_of_the_highest_claims()
    {
        Block next = Four.MakeBlock(ChainTip.Of(A), 0, new Instant(8), "c");
        Block orphan = Four.MakeBlock(ChainTip.Of(B), 0, new Instant(8), "d");
        PreparedBlock low = new(Four.Prepared(B, View.Zero, 0, 1, 2), B);
        PreparedBlock high = new(Four.Prepared(A, new View(1), 0, 1, 2), A);
        PreparedBlock child = new(Four.Prepared(next, View.Zero, 0, 1, 2), next);
        PreparedBlock stranger = new(Four.Prepared(orphan, View.Zero, 0, 1, 2), orphan);
        PreparedBlock few = high with { Certificate = Four.Prepared(A, new View(1), 0, 1) };
        ConsensusMessage.ViewChange[] with = [Change(low, child), Change(high), Change()];
        ConsensusMessage.ViewChange[] cut = [Change(low, stranger), Change(high), Change()];
        (MessageRefusal Refusal, ConsensusMessage Message)[] table =
        [
            (MessageRefusal.None, Open(with, [high, child])),
            (MessageRefusal.HighestPreparedMismatch, Open(with, [low, child])),
            (MessageRefusal.HighestPreparedMismatch, Open(with, [high])),
            (MessageRefusal.HighestPreparedMismatch, Open(with, [])),
            (MessageRefusal.HighestPreparedMismatch, Open(with, [high], child)),
            (MessageRefusal.HighestPreparedMismatch, Open(with, [high, child], stranger)),
            (MessageRefusal.NoQuorum, Open(with, [few, child])),
            (MessageRefusal.None, Open(cut, [high], stranger)),
            (MessageRefusal.HighestPreparedMismatch, Open(cut, [high, stranger])),
            (MessageRefusal.HighestPreparedMismatch, Open(cut, [high])),
            (MessageRefusal.NoQuorum, Open(with[1..], [high])),
            (MessageRefusal.CertificateMismatch, Open([Change(), Change(), Later(2)], [])),
            (MessageRefusal.None, Open([Change(high), Change(), Later(2)], [], decided: A)),
            (MessageRefusal.CertificateMismatch, Open([Change(), Change(), Later(3)], [], decided: A)),
        ];
        for (int i = 0; i < table.Length; i++)
        {
            Assert.True(table[i].Refusal == Verify(table[i].Message), $"row {i}: {Verify(table[i].Message)}");
        }
    }

    [Fact]
    public void A_view_change_proves_what_it_claims()
    {
        PreparedBlock good = new(Four.Prepared(A, View.Zero, 0, 1, 2), A);
        PreparedBlock few = good with { Certificate = Four.Prepared(A, View.Zero, 0, 1) };
        PreparedBlock late = good with { Certificate = Four.Prepared(A, V2, 0, 1, 2) };
        Assert.Equal(MessageRefusal.None, Verify(Change(good)));
        Assert.Equal(MessageRefusal.NoQuorum, Verify(Change(few)));
        Block next = Four.MakeBlock(ChainTip.Of(A), 0, new Instant(8), "c");
        PreparedBlock fewOfNext = new(Four.Prepared(next, View.Zero, 0, 1), next);
        Assert.Equal(MessageRefusal.NoQuorum, Verify(Change(good, fewOfNext)));
        Assert.Equal(MessageRefusal.CertificateMismatch, Verify(Change(late)));
    }

    [Fact]
    public void A_new_view_consists_of_view_changes_that_their_senders_signed()
    {
        ConsensusMessage.OpenView good = Open([Change(), Change(), Change()], []);
        IReadOnlyList<ViewChangeVote> votes = good.Proof.Votes;
        ViewChangeVote forged = votes[2] with { Signature = votes[1].Signature };
        NewViewProof proof = good.Proof with { Votes = [votes[0], votes[1], forged] };
        Assert.Equal(MessageRefusal.None, Verify(good));
        Assert.Equal(MessageRefusal.BadCertificateSignature, Verify(good with { Proof = proof }));
    }

    private static ConsensusMessage.ViewChange Change(params PreparedBlock?[] prepared) =>
        Community.Change(One, V2, prepared);

    private static ConsensusMessage.ViewChange Later(int height) => Community.Change(new Height(height), V2);

    private static ConsensusMessage.OpenView Open(
        ConsensusMessage.ViewChange[] changes, PreparedBlock[] chosen, PreparedBlock? cut = null, Block? decided = null)
    {
        Height height = One;
        List<ViewChangeVote> votes = [];
        for (int i = 0; i < changes.Length; i++)
        {
            votes.Add(Four.VoteIn(i, changes[i]));
            height = changes[i].Height > height ? changes[i].Height : height;
        }

        List<CommitCertificate> certificates = decided is null ? [] : [Four.Committed(decided, View.Zero, 0, 1, 2)];
        return new ConsensusMessage.OpenView(height, V2, new NewViewProof(votes, certificates, chosen, cut));
    }

    private static MessageRefusal Verify(ConsensusMessage message) =>
        Four.Verifier.Verify(Four.Sign(1, message).Value.ToArray(), Four.Set, Height.Genesis, out _);

    private static MessageRefusal Check(Decision decision) => Four.Verifier.Verify(decision, Four.Set, out _);
}
