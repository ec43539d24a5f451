using System;
using System.Linq;
using EnergyNode.Consensus.Tests.Support;
using EnergyNode.Ledger;
using Xunit;

namespace EnergyNode.Consensus.Tests.Pos;

/// <summary>A certificate counts stake: more than two thirds of it, whoever holds it.</summary>
public sealed class PowerCertificateTests
{
    private const string Table = """
        powers      | signers | refusal
        1,1,1,1     | 0,1,2   | None
        1,1,1,1     | 2,3     | NoQuorum
        1,1,1       | 0,1     | NoQuorum
        1,1,1       | 0,1,2   | None
        1,1,1,97    | 3       | None
        1,1,1,97    | 0,1,2   | NoQuorum
        1,1,1,97    | 0,3     | None
        40,30,20,10 | 0,1     | None
        40,30,20,10 | 0,2,3   | None
        40,30,20,10 | 0,2     | NoQuorum
        40,30,20,10 | 1,2,3   | NoQuorum
        40,30,20,10 | 0,1,1   | SignersNotSorted
        40,30,20,10 | 1,0     | SignersNotSorted
        2,2,1,1     | 0,1     | NoQuorum
        2,2,1,1     | 0,1,3   | None
        5           | 0       | None
        5           |         | NoQuorum
        9223372036854775807,9223372036854775807,9223372036854775807 | 0,1   | NoQuorum
        9223372036854775807,9223372036854775807,9223372036854775807 | 0,1,2 | None
        """;

    private static readonly Height One = new(1);
    private static readonly View R2 = new(2);

    public static TheoryData<string, string, string> Rows()
    {
        TheoryData<string, string, string> rows = [];
        foreach (string line in Table.Split('\n').Skip(1))
        {
            string[] cells = line.Split('|', StringSplitOptions.TrimEntries);
            rows.Add(cells[0], cells[1], cells[2]);
        }

        return rows;
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_quorum_holds_more_than_two_thirds_of_the_stake(string powers, string signers, string refusal)
    {
        Community community = new(ConsensusProtocol.Pos, [.. powers.Split(',').Select(long.Parse)]);
        int[] who = [.. signers.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse)];
        MessageRefusal expected = Enum.Parse<MessageRefusal>(refusal);
        Block block = BlockOf(community);

        CommitCertificate committed = community.Committed(block, R2, who);
        Assert.Equal(expected, community.Verifier.Verify(new Decision(block, committed), community.Set, out _));

        PreparedCertificate polka = community.Prepared(block, R2, who);
        Assert.Equal(expected, community.Verifier.Check(polka, community.Set));

        ConsensusMessage.CheckpointVote vote = new(One, block.Hash, block.Hash, community.Set.Hash);
        CheckpointCertificate checkpoint = new(
            One, block.Hash, block.Hash, community.Set.Hash, [.. who.Select(i => community.VoteOf(i, vote))]);
        Assert.Equal(expected, community.Verifier.Check(checkpoint, community.Set));
    }

    [Theory]
    [InlineData("1")]
    [InlineData("1,1,1,1")]
    [InlineData("40,30,20,10")]
    [InlineData("1,1,1,97")]
    [InlineData("9223372036854775807,9223372036854775807,9223372036854775807")]
    public void The_least_quorum_is_one_and_one_less_is_none(string powers)
    {
        ValidatorSet set = new Community(ConsensusProtocol.Pos, [.. powers.Split(',').Select(long.Parse)]).Set;
        foreach (QuorumRule rule in Enum.GetValues<QuorumRule>())
        {
            VotingPower weights = new(set, rule);

            Assert.True(weights.IsQuorum(weights.Quorum));
            Assert.False(weights.IsQuorum(weights.Quorum - 1));
            Assert.True(weights.MaxFaulty * 3 < weights.Total);
            Assert.True((weights.MaxFaulty + 1) * 3 >= weights.Total);
            Assert.True(weights.IsQuorum(weights.Total - weights.MaxFaulty));
        }
    }

    [Fact]
    public void Heads_of_little_stake_do_not_pass_as_a_quorum_by_speaking_PBFT()
    {
        Community heads = new(ConsensusProtocol.Pbft, 1, 1, 1, 97);
        Community stakes = new(ConsensusProtocol.Pos, 1, 1, 1, 97);
        Block block = BlockOf(stakes);
        Decision byHeads = new(block, heads.Committed(block, R2, 0, 1, 2));
        Assert.Equal(MessageRefusal.None, heads.Verifier.Verify(byHeads, heads.Set, out _));
        Assert.Equal(MessageRefusal.NoQuorum, stakes.Verifier.Verify(byHeads, stakes.Set, out _));

        Decision all = new(block, heads.Committed(block, R2, 0, 1, 2, 3));
        Assert.Equal(MessageRefusal.BadCertificateSignature, stakes.Verifier.Verify(all, stakes.Set, out _));
    }

    [Fact]
    public void A_vote_for_none_or_of_another_kind_or_round_is_not_counted_for_a_block()
    {
        Community four = new(ConsensusProtocol.Pos, 1, 1, 1, 1);
        Block block = BlockOf(four);
        CommitCertificate good = four.Committed(block, R2, 0, 1, 2);
        VoteSignature nil = four.VoteOf(2, new ConsensusMessage.Precommit(One, R2, null));
        VoteSignature prevote = four.VoteOf(2, new ConsensusMessage.Prevote(One, R2, block.Hash));
        VoteSignature late = four.VoteOf(2, new ConsensusMessage.Precommit(One, R2.Next, block.Hash));
        foreach (VoteSignature other in new[] { nil, prevote, late })
        {
            CommitCertificate bad = good with { Votes = [good.Votes[0], good.Votes[1], other] };
            Assert.Equal(MessageRefusal.BadCertificateSignature, four.Verifier.Check(bad, four.Set));
        }
    }

    [Fact]
    public void A_polka_is_of_prevotes_that_name_one_valid_round()
    {
        Community four = new(ConsensusProtocol.Pos, 1, 1, 1, 1);
        Block block = BlockOf(four);
        PreparedCertificate good = four.Polka(block, R2, View.Zero, 0, 1, 2);
        VoteSignature fresh = four.VoteOf(2, new ConsensusMessage.Prevote(One, R2, block.Hash));

        Assert.Equal(MessageRefusal.None, four.Verifier.Check(good, four.Set));
        foreach (PreparedCertificate bad in new[]
        {
            good with { ValidRound = null },
            good with { ValidRound = new View(1) },
            good with { Votes = [good.Votes[0], good.Votes[1], fresh] },
        })
        {
            Assert.Equal(MessageRefusal.BadCertificateSignature, four.Verifier.Check(bad, four.Set));
        }
    }

    [Fact]
    public void A_proposal_with_a_valid_round_proves_it()
    {
        Community four = new(ConsensusProtocol.Pos, 40, 30, 20, 10);
        Block block = BlockOf(four);
        PreparedCertificate polka = four.Prepared(block, R2, 0, 1);
        PreparedCertificate few = four.Prepared(block, R2, 0, 2);
        Assert.Equal(MessageRefusal.None, Verify(new ConsensusMessage.Proposal(One, R2, block, null)));
        Assert.Equal(MessageRefusal.None, Verify(new ConsensusMessage.Proposal(One, R2.Next, block, polka)));
        Assert.Equal(
            MessageRefusal.CertificateMismatch, Verify(new ConsensusMessage.Proposal(One, R2, block, polka)));
        Assert.Equal(MessageRefusal.NoQuorum, Verify(new ConsensusMessage.Proposal(One, R2.Next, block, few)));
        Assert.Equal(MessageRefusal.None, Verify(new ConsensusMessage.Polka(polka, block)));
        Assert.Equal(MessageRefusal.NoQuorum, Verify(new ConsensusMessage.Polka(few, block)));
        Assert.Equal(MessageRefusal.ForeignProtocol, Verify(new ConsensusMessage.Prepare(One, R2, block.Hash)));
        MessageRefusal Verify(ConsensusMessage message) =>
            four.Verifier.Verify(four.Sign(1, message).Value.ToArray(), four.Set, Height.Genesis, out _);
    }

    [Fact]
    public void PBFT_does_not_listen_to_PoS()
    {
        Community four = new(4);
        ConsensusMessage vote = new ConsensusMessage.Precommit(One, R2, null);
        byte[] wire = four.Sign(1, vote).Value.ToArray();
        Assert.Equal(MessageRefusal.ForeignProtocol, four.Verifier.Verify(wire, four.Set, Height.Genesis, out _));
    }

    private static Block BlockOf(Community community) =>
        community.MakeBlock(Community.Genesis, 0, new Instant(7), "a");
}
