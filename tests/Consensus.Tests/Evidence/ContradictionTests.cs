using EnergyNode.Consensus.Evidence;
using EnergyNode.Consensus.Tests.Support;
using EnergyNode.Ledger;
using Xunit;

namespace EnergyNode.Consensus.Tests.Evidence;

/// <summary>
/// Promises are written as <c>kind view block lock</c>: <c>commit 2 A</c>, <c>view-change 3 - 2A</c> (claims A of view
/// 2), <c>proposal 3 B 1B</c>; a dash is none.
/// </summary>
public sealed class ContradictionTests
{
    [Theory]
    [InlineData("pre-prepare 0 A", "pre-prepare 0 B", EvidenceKind.DoubleProposal)]
    [InlineData("proposal 1 A", "proposal 1 B", EvidenceKind.DoubleProposal)]
    [InlineData("proposal 1 A", "proposal 1 A 0A", EvidenceKind.DoubleProposal)]
    [InlineData("prepare 0 A", "prepare 0 B", EvidenceKind.DoubleVote)]
    [InlineData("commit 3 A", "commit 3 B", EvidenceKind.DoubleVote)]
    [InlineData("prevote 0 A", "prevote 0 B", EvidenceKind.DoubleVote)]
    [InlineData("prevote 0 A", "prevote 0 -", EvidenceKind.DoubleVote)]
    [InlineData("precommit 2 -", "precommit 2 B", EvidenceKind.DoubleVote)]
    [InlineData("view-change 1 -", "view-change 1 - 0A", EvidenceKind.DoubleViewChange)]
    [InlineData("view-change 2 - 1A", "view-change 2 - 1B", EvidenceKind.DoubleViewChange)]
    [InlineData("prepare 1 A", "commit 1 B", EvidenceKind.ContradictingVotes)]
    [InlineData("pre-prepare 1 A", "prepare 1 B", EvidenceKind.ContradictingVotes)]
    [InlineData("pre-prepare 1 A", "commit 1 B", EvidenceKind.ContradictingVotes)]
    [InlineData("proposal 1 A", "prevote 1 B", EvidenceKind.ContradictingVotes)]
    [InlineData("commit 0 A", "view-change 1 -", EvidenceKind.Amnesia)]
    [InlineData("commit 2 A", "view-change 5 - 1A", EvidenceKind.Amnesia)]
    [InlineData("commit 2 A", "view-change 3 - 2B", EvidenceKind.Amnesia)]
    [InlineData("view-change 2 - 1A", "view-change 3 -", EvidenceKind.Amnesia)]
    [InlineData("view-change 2 - 1A", "view-change 3 - 0A", EvidenceKind.Amnesia)]
    [InlineData("precommit 0 A", "proposal 1 B", EvidenceKind.Amnesia)]
    [InlineData("precommit 0 A", "proposal 1 A", EvidenceKind.Amnesia)]
    [InlineData("precommit 2 A", "proposal 3 B 1B", EvidenceKind.Amnesia)]
    [InlineData("precommit 2 A", "proposal 3 B 2B", EvidenceKind.Amnesia)]
    [InlineData("proposal 3 A 2A", "proposal 7 B 1B", EvidenceKind.Amnesia)]
    [InlineData("prevote 3 A", "prevote 3 A 1A", EvidenceKind.DoubleVote)]
    [InlineData("prevote 3 A 0A", "prevote 3 A 1A", EvidenceKind.DoubleVote)]
    [InlineData("prevote 0 A", "precommit 0 B", EvidenceKind.ContradictingVotes)]
    [InlineData("prevote 3 A 1A", "precommit 3 B", EvidenceKind.ContradictingVotes)]
    [InlineData("precommit 0 A", "prevote 1 B", EvidenceKind.Amnesia)]
    [InlineData("precommit 0 A", "prevote 9 B", EvidenceKind.Amnesia)]
    [InlineData("precommit 2 A", "prevote 4 B 0B", EvidenceKind.Amnesia)]
    [InlineData("precommit 2 A", "prevote 4 B 1B", EvidenceKind.Amnesia)]
    public void Two_promises_exclude_each_other_in_either_order(string one, string other, EvidenceKind kind)
    {
        Assert.Equal(kind, Contradiction.Between(Read(one), Read(other)));
        Assert.Equal(kind, Contradiction.Between(Read(other), Read(one)));
        Assert.Null(Contradiction.Between(Read(one), Read(other) with { Height = new Height(9) }));
    }

    [Theory]
    [InlineData("prepare 0 A", "prepare 1 B")]
    [InlineData("prepare 0 A", "commit 1 B")]
    [InlineData("commit 0 A", "commit 1 A")]
    [InlineData("commit 0 A", "prepare 1 B")]
    [InlineData("commit 2 A", "view-change 3 - 2A")]
    [InlineData("commit 2 A", "view-change 2 -")]
    [InlineData("commit 2 A", "view-change 1 -")]
    [InlineData("commit 0 A", "view-change 3 - 2B")]
    [InlineData("prepare 0 A", "view-change 1 -")]
    [InlineData("view-change 1 -", "view-change 2 - 1B")]
    [InlineData("view-change 1 -", "prepare 1 A")]
    [InlineData("prevote 0 A", "precommit 0 A")]
    [InlineData("prevote 3 A 1A", "precommit 3 A")]
    [InlineData("prevote 0 A", "precommit 0 -")]
    [InlineData("prevote 0 -", "precommit 0 A")]
    [InlineData("proposal 0 A", "prevote 0 -")]
    [InlineData("proposal 0 A", "precommit 0 B")]
    [InlineData("precommit 0 A", "prevote 1 A")]
    [InlineData("precommit 0 A", "prevote 1 -")]
    [InlineData("precommit 0 -", "prevote 1 B")]
    [InlineData("precommit 2 A", "prevote 4 A 0A")]
    [InlineData("precommit 2 A", "prevote 4 B 2B")]
    [InlineData("precommit 2 A", "prevote 4 B 3B")]
    [InlineData("prevote 1 B", "precommit 2 A")]
    [InlineData("prevote 3 A 2A", "prevote 7 B 1B")]
    [InlineData("prevote 3 A 2A", "proposal 7 B 1B")]
    [InlineData("prevote 3 A 2A", "proposal 7 B")]
    [InlineData("proposal 3 A 2A", "prevote 7 B 1B")]
    [InlineData("prevote 3 A", "proposal 3 A 1A")]
    [InlineData("precommit 0 A", "precommit 1 B")]
    [InlineData("precommit 0 -", "proposal 1 B")]
    [InlineData("precommit 0 A", "proposal 3 B 1B")]
    [InlineData("precommit 2 A", "proposal 1 B")]
    public void An_honest_validator_may_sign_both(string one, string other)
    {
        Assert.Null(Contradiction.Between(Read(one), Read(other)));
        Assert.Null(Contradiction.Between(Read(other), Read(one)));
        Assert.Null(Contradiction.Between(Read(one), Read(one)));
    }

    [Theory]
    [InlineData(Statement.StatusTag)]
    [InlineData(Statement.CheckpointVoteTag)]
    [InlineData(Statement.PolkaTag)]
    public void Status_checkpoint_and_polka_are_no_promises(byte tag)
    {
        byte[] statement = Statement.Vote(tag, new Height(1), View.Zero, Community.NameHash("A"));

        Assert.Null(Promise.Read(statement));
    }

    private static Promise Read(string text)
    {
        string[] words = text.Split(' ');
        View view = new(int.Parse(words[1]));
        Hash32? block = words[2] == "-" ? null : Community.NameHash(words[2]);
        PreparedClaim? claim = words.Length < 4
            ? null
            : new PreparedClaim(new View(words[3][0] - '0'), Community.NameHash(words[3][1..]));
        byte tag = words[0] switch
        {
            "pre-prepare" => Statement.PrePrepareTag,
            "prepare" => Statement.PrepareTag,
            "commit" => Statement.CommitTag,
            "view-change" => Statement.ViewChangeTag,
            "proposal" => Statement.ProposalTag,
            "prevote" => Statement.PrevoteTag,
            _ => Statement.PrecommitTag,
        };
        return new Promise(tag, new Height(1), view, block, claim);
    }
}
