using System;
using System.Linq;
using EnergyNode.Consensus.Pbft;
using EnergyNode.Consensus.Tests.Support;
using EnergyNode.Ledger;
using Xunit;

namespace EnergyNode.Consensus.Tests;

public sealed class ProposalRulesTests
{
    private const string Table = """
        what                                      | refusal
        first proposal of the leader              | None
        sender 2                                  | NotLeader
        chain other                               | WrongChain
        parent other                              | WrongParent
        height 2                                  | WrongParent
        set other                                 | WrongValidators
        time 1000                                 | TimeNotAfterParent
        time 1001                                 | None
        proposer 0                                | WrongProposer
        time 6000000                              | None
        time 6000001                              | TimeTooFarAhead
        prepared same                             | None
        prepared other                            | PreparedAnother
        prepared same, time 6000001               | None
        sender 2, chain other, time 1             | NotLeader
        chain other, parent other                 | WrongChain
        """;

    public static TheoryData<string, string> Rows()
    {
        TheoryData<string, string> rows = [];
        foreach (string line in Table.Split('\n').Skip(1))
        {
            string[] cells = line.Split('|', StringSplitOptions.TrimEntries);
            rows.Add(cells[0], cells[1]);
        }

        return rows;
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_backup_checks_what_needs_no_state(string what, string refusal)
    {
        Community four = new(4);
        ChainTip tip = new(new Height(4), Community.NameHash("tip"), new Instant(1_000), four.Signers[1].PublicKey);
        Block block = four.MakeBlock(tip, 1, new Instant(2_000), "a");
        BlockHeader header = block.Header;
        int sender = 1;
        Hash32? prepared = null;
        bool preparedSame = false;
        foreach (string[] words in what.Split(", ").Select(part => part.Split(' ')))
        {
            switch (words[0])
            {
                case "sender":
                    sender = int.Parse(words[1], System.Globalization.CultureInfo.InvariantCulture);
                    break;
                case "chain":
                    header = header with { Chain = ChainId.Parse(words[1]) };
                    break;
                case "parent":
                    header = header with { Parent = Community.NameHash(words[1]) };
                    break;
                case "height":
                    header = header with { Height = new Height(2) };
                    break;
                case "set":
                    header = header with { Validators = Community.NameHash(words[1]) };
                    break;
                case "time":
                    long micros = long.Parse(words[1], System.Globalization.CultureInfo.InvariantCulture);
                    header = header with { Time = new Instant(micros) };
                    break;
                case "proposer":
                    header = header with { Proposer = four.Signers[0].PublicKey };
                    break;
                case "prepared":
                    preparedSame = words[1] == "same";
                    prepared = Community.NameHash("another");
                    break;
            }
        }

        Block proposed = Block.Create(header, block.Batches);
        ProposalRules rules = new(
            four.Chain, four.Set, tip, new ValidatorIndex(1),
            preparedSame ? proposed.Hash : prepared, new Instant(1_000_000), Duration.FromSeconds(5));
        ConsensusMessage.PrePrepare proposal = new(tip.Height.Next, View.Zero, proposed);
        Assert.Equal(Enum.Parse<ProposalRefusal>(refusal), rules.Check(proposal, new ValidatorIndex(sender)));
    }

    [Fact]
    public void Views_go_round_and_pass_over_the_last_leaders_that_failed()
    {
        LeaderSchedule seven = new(7, maxFaulty: 2);
        Assert.Equal([0, 1, 6, 0], new[] { 0, 1, 6, 7 }.Select(view => seven.Leader(new View(view)).Value));
        seven.NoteFailed(new View(1));
        Assert.Equal(new View(2), seven.After(new View(1)));
        Assert.Equal(new View(9), seven.After(new View(7)));
        seven.NoteFailed(new View(2));
        Assert.Equal(new View(10), seven.After(new View(7)));
        seven.NoteFailed(new View(3));
        Assert.Equal(new View(8), seven.After(new View(7)));
        seven.NotePerformed(new View(9));
        Assert.Equal(new View(9), seven.After(new View(8)));
    }
}
