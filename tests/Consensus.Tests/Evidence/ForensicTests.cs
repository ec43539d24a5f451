using System.Collections.Generic;
using System.Linq;
using EnergyNode.Consensus.Evidence;
using EnergyNode.Consensus.Tests.Support;
using EnergyNode.Ledger;
using Xunit;

namespace EnergyNode.Consensus.Tests.Evidence;

public sealed class ForensicTests
{
    private static readonly Height One = new(1);

    [Theory]
    [InlineData(ConsensusProtocol.Pbft)]
    [InlineData(ConsensusProtocol.Pos)]
    public void Two_certificates_of_one_view_convict_whoever_is_in_both(ConsensusProtocol protocol)
    {
        Community community = new(protocol, 1, 1, 1, 1);
        ForensicInquiry inquiry = Inquiry(community);
        Block one = community.MakeBlock(Community.Genesis, 0, new Instant(5), "one");
        Block other = community.MakeBlock(Community.Genesis, 0, new Instant(5), "other");

        Assert.True(inquiry.Add(new Decision(one, community.Committed(one, View.Zero, 0, 1, 2))));
        Assert.True(inquiry.Report().IsEnough);
        Assert.True(inquiry.Add(new Decision(other, community.Committed(other, View.Zero, 1, 2, 3))));

        AssertConvicts(community, inquiry.Report(), 1, 2);
    }

    [Fact]
    public void Certificates_of_two_views_convict_those_who_forgot_between_them()
    {
        Community community = new(4);
        ForensicInquiry inquiry = Inquiry(community);
        Block one = community.MakeBlock(Community.Genesis, 0, new Instant(5), "one");
        Block other = community.MakeBlock(Community.Genesis, 1, new Instant(6), "other");
        inquiry.Add(new Decision(one, community.Committed(one, View.Zero, 0, 1, 2)));
        inquiry.Add(new Decision(other, community.Committed(other, new View(1), 1, 2, 3)));
        ForensicReport before = inquiry.Report();
        Assert.Equal([One], before.Forks);
        Assert.False(before.IsEnough);
        Assert.Empty(before.Culprits);

        // What the journal of validator 3, who is honest, has of view 1.
        foreach ((PublicKey signer, SignedStatement signed) in SeenByAnHonestOne(community, other))
        {
            Assert.True(inquiry.Add(signer, signed));
        }

        AssertConvicts(community, inquiry.Report(), 1, 2);
    }

    /// <param name="polkas">
    /// The rounds of the prevotes for the later block, each with the valid round that they name, as in the journal of
    /// an honest one that was there: <c>1-</c> names none.
    /// </param>
    [Theory]
    [InlineData("1-")]
    [InlineData("3-")]
    [InlineData("2- 3/2")]
    [InlineData("1- 2/1 3/2")]
    [InlineData("0- 1/0")]
    public void Rounds_of_a_fork_of_PoS_convict_those_who_prevoted_against_their_lock(string polkas)
    {
        Community community = new(ConsensusProtocol.Pos, 1, 1, 1, 1);
        ForensicInquiry inquiry = Inquiry(community);
        Block one = community.MakeBlock(Community.Genesis, 0, new Instant(5), "one");
        Block other = community.MakeBlock(Community.Genesis, 1, new Instant(6), "other");
        inquiry.Add(new Decision(one, community.Committed(one, View.Zero, 0, 1, 2)));
        View last = new(polkas.Split(' ')[^1][0] - '0');
        inquiry.Add(new Decision(other, community.Committed(other, last, 1, 2, 3)));
        Assert.Empty(inquiry.Report().Culprits);

        foreach (string polka in polkas.Split(' ').Reverse())
        {
            Assert.False(inquiry.Report().IsEnough);
            View? valid = polka.Length > 2 ? new View(polka[2] - '0') : null;
            ConsensusMessage.Prevote vote = new(One, new View(polka[0] - '0'), other.Hash, valid);
            foreach (int voter in new[] { 1, 2, 3 })
            {
                SignedMessage signed = community.Sign(voter, vote).Value;
                Assert.True(inquiry.Add(community.Signers[voter].PublicKey, signed.Signed));
            }
        }

        AssertConvicts(community, inquiry.Report(), 1, 2);
    }

    [Fact]
    public void What_nobody_signed_counts_for_nothing()
    {
        Community community = new(4);
        ForensicInquiry inquiry = Inquiry(community);
        Block one = community.MakeBlock(Community.Genesis, 0, new Instant(5), "one");
        SignedMessage vote = community.Sign(2, new ConsensusMessage.Commit(One, View.Zero, one.Hash)).Value;

        Assert.False(inquiry.Add(new Decision(one, community.Committed(one, View.Zero, 0, 1))));
        Assert.False(inquiry.Add(community.Signers[1].PublicKey, new SignedStatement(vote.Bytes, vote.Signature)));
        Assert.False(inquiry.AddEvidence([1, 2, 3]));
        Assert.Empty(inquiry.Report().Forks);
        Assert.Empty(inquiry.Report().Culprits);
    }

    /// <summary>The record that the sentinel writes of a contested height, read back.</summary>
    private static IReadOnlyList<(PublicKey Signer, SignedStatement Signed)> SeenByAnHonestOne(
        Community community, Block block)
    {
        SentinelMachine sentinel = new(community.Chain, new FakeVerifier(), Height.Genesis, community.Set);
        List<SentinelEffect> effects = [];
        ConsensusMessage[] messages =
        [
            community.Open(One, new View(1), [], 1, 2, 3),
            new ConsensusMessage.PrePrepare(One, new View(1), block),
        ];
        foreach (ConsensusMessage message in messages)
        {
            sentinel.Step(new SentinelInput.Heard(community.Sign(1, message), community.Set), effects);
        }

        for (int tick = 0; tick < Limits.DigestTellings; tick++)
        {
            sentinel.Step(new SentinelInput.Ticked(), effects);
        }

        return StatementRecord.Decode(Assert.Single(effects.OfType<SentinelEffect.Keep>()).Record)!;
    }

    private static void AssertConvicts(Community community, ForensicReport report, params int[] liars)
    {
        Assert.Equal([One], report.Forks);
        Assert.Equal(
            liars.Select(liar => community.Signers[liar].PublicKey).Order(),
            report.Culprits.Select(evidence => evidence.Culprit));
        Assert.True(report.IsEnough);
        Assert.True(report.Culprits.Count >= report.Needed);
    }

    private static ForensicInquiry Inquiry(Community community) =>
        new(community.Chain, community.Protocol, new FakeVerifier(), community.Set);
}
