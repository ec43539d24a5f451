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
        proposed again, proposer 0                | None
        proposed again, time 6000001              | None
        proposed again, time 1000                 | TimeNotAfterParent
        proposed again, sender 2                  | NotLeader
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
        NewView? justification = null;
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
                case "proposed":
                    PreparedCertificate certificate = four.Prepared(block, View.Zero, 0, 1, 2);
                    justification = four.Justify(tip.Height.Next, new View(4), certificate, 0, 1, 2);
                    break;
            }
        }

        Block proposed = Block.Create(header, block.Batches);
        View view = justification?.View ?? View.Zero;
        ProposalRules rules = new(
            four.Chain, four.Set, tip, LeaderSchedule.Leader(four.Set, tip, view),
            preparedSame ? proposed.Hash : prepared, new Instant(1_000_000), Duration.FromSeconds(5));
        ConsensusMessage.PrePrepare proposal = new(tip.Height.Next, view, proposed, justification);
        Assert.Equal(Enum.Parse<ProposalRefusal>(refusal), rules.Check(proposal, new ValidatorIndex(sender)));
    }

    [Theory]
    [InlineData(null, 0, 0)]
    [InlineData(null, 5, 1)]
    [InlineData(2, 0, 2)]
    [InlineData(2, 1, 3)]
    [InlineData(3, 1, 0)]
    [InlineData(9, 1, 1)]
    public void The_proposer_of_the_last_block_leads_first_and_the_others_follow(int? last, int view, int leader)
    {
        Community four = new(4);
        PublicKey? key = last is { } index ? Community.KeyOf($"validator {index}") : null;
        ChainTip tip = new(new Height(4), Hash32.Zero, new Instant(0), key);
        Assert.Equal(leader, LeaderSchedule.Leader(four.Set, tip, new View(view)).Value);
    }
}
