using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using EnergyNode.Ledger;
using EnergyNode.Market.Tests.Books;
using Xunit;
using static EnergyNode.Market.Tests.Execution.MarketFixture;

namespace EnergyNode.Market.Tests.Execution;

/// <summary>Walks the table of <c>docs/spec/access.md</c>: every command from everybody.</summary>
public sealed class AccessTests
{
    internal static readonly string[] Signers =
        ["A", "agent", "authority", "amiservice", "oracleoperator", "treasury", "recregulator", "governance", "other"];

    /// <summary>One for each row, which succeeds in <see cref="Community"/> when its signer may give it.</summary>
    internal static readonly string[] Commands =
    [
        "register N", "meter M A", "grant A other", "deposit A 5", "withdraw A 5", "transfer A other 5", "tariff 1 1",
        "read A 1 1 1", "bid A home-spot 10,000 1", "cancel A 1", "replace A 1 10,000 1", "cancelall A", "close 1",
        "block A buy north solar 5 2 50,000 10",
        "evidence v1 1 0 good",
        "status other suspended", "give other Treasury", "give other Authority", "zone south", "feeder f2 north 1",
        "connect A f1 1 both", "rekey A new", "asset A ev evcharger A 1", "hand A pv other", "mark A pv validated",
        "mark A pv retired", "approve A other 5", "from A B other 5", "mint A 5", "burn A 5", "bind A 5 60 5 1",
        "unlock A 1", "rotate A fresh", "revokekey A", "circle A members 1 0 other",
        "operate A S 60 withdraw A 1", "vote A S fresh yes",
        "propose price gridfee 5", "back 2", "unback 1", "drop A 1",
        "certify A 0", "split A 1 1", "pass A 1 other", "retire A 1 other 0 0",
        "correct A 0 1 2 1", "deviation 1 1", "fees 1 2", "prepay A 5", "bond A key-of-A 5", "unbond A 5", "unjail A",
    ];

    [Fact]
    public void The_table_names_every_command_and_every_role()
    {
        Assert.Equal(
            typeof(Command).GetNestedTypes().Select(type => type.Name).Order(),
            Table().Select(row => row.Command.Split(' ')[0]).Distinct().Order());
        Assert.Equal(
            Enum.GetNames<Role>().Skip(1),
            Rows().First().Where(cell => Enum.TryParse(cell, out Role role) && role != Role.None));
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public void Everybody_may_do_what_the_table_says(string command, string signer, bool allowed)
    {
        MarketFixture market = Community();

        LedgerError error = market.RunOne(signer, CommandText.Parse(command));

        LedgerError refusal = command.StartsWith("mint", StringComparison.Ordinal)
            ? LedgerError.UnauthorizedMinter
            : LedgerError.UnauthorizedOperator;
        Assert.Equal(allowed ? LedgerError.None : refusal, error);
    }

    [Fact]
    public void Each_role_counts_by_itself_in_an_account_with_several()
    {
        string[] owners = [.. Table().Where(row => !row.Allowed.Contains(true) || (row.Allowed[0] && !row.Allowed[1]))
           .Select(row => row.Command)];
        foreach (string command in Commands.Where(text => !owners.Contains(RowOf(CommandText.Parse(text)))))
        {
            Assert.Equal(LedgerError.None, Community().RunOne("gateway", CommandText.Parse(command)));
        }
    }

    [Fact]
    public void An_agent_loses_its_right_when_it_is_taken_back_and_cannot_pass_it_on() =>
        RuleScript.Run(Community(), """
            agent: grant A other -> UnauthorizedOperator
            agent: bid A home-spot 10,000 1 gtc -> None
            A: cancel A 4 -> None
            A: revoke A agent -> None
            agent: bid A home-spot 10,000 1; cancel A 1 -> UnauthorizedOperator
            agent: grant agent A -> None
            agent: bid A home-spot 10,000 1 -> UnauthorizedOperator
            """);

    public static TheoryData<string, string, bool> Cells()
    {
        TheoryData<string, string, bool> cells = [];
        foreach ((string name, bool[] allowed) in Table())
        {
            string command = Commands.Single(text => RowOf(CommandText.Parse(text)) == name);
            foreach ((string signer, bool may) in Signers.Zip(allowed))
            {
                cells.Add(command, signer, may);
            }
        }

        return cells;
    }

    /// <summary>
    /// A has tokens, money, an order, an agent and a jailed validator; each role has one account of its own. B offers
    /// energy of two epochs to come.
    /// </summary>
    internal static MarketFixture Community()
    {
        MarketFixture market = new(["A", "B", "S"], change: genesis => genesis with
        {
            Books = [.. genesis.Books, ForwardBook("fwd-5", 5), ForwardBook("fwd-6", 6)],
            Accounts =
            [
                .. genesis.Accounts,
                .. Signers.Skip(1).Select(name => new GenesisAccount(
                    Account(name),
                    UserKind.Operator,
                    Enum.TryParse(name, ignoreCase: true, out Role role) ? role : Role.None,
                    Key(name),
                    Money.Zero)),
            ],
            Meters =
            [
                .. genesis.Meters,
                new Command.AssignMeter(MeterId.Parse("second"), Account("A"), Key("meter-second"), 1_000, 1_000),
                new Command.AssignMeter(MeterId.Parse("third"), Account("A"), Key("meter-third"), 1_000, 1_000),
            ],
            Agents = [.. genesis.Agents, new AgentGrant(Account("A"), Account("agent"))],
            Validators = new ValidatorSet(
            [
                .. genesis.Validators.Validators, new Validator(Label.Parse("validator-A"), Key("key-of-A"), 1),
            ]),
            Staking = new StakingParameters(
                Duration.FromSeconds(1), default, default, default, 2, new Money(1), Account("grid")),
            Stakes =
            [
                new GenesisStake(Key("v1"), Account("utility"), new Money(1_000_000)),
                new GenesisStake(Key("key-of-A"), Account("A"), new Money(100)),
            ],
        });
        new ValidatorRules(market.State, new Postings(market.State)).Punish(
            Key("key-of-A"), OffenceKind.DoubleVote, new Height(1), market.Now);
        RuleScript.Run(market, """
            gateway: read second 0 0 2; read A 0 0 1; close 0; certify second 0; read second 1 0 1 -> None
            A: bid A home-spot 10,000 1 gtc -> None
            gateway: zone north; feeder f1 north 1,000 -> None
            A: asset A pv pv A 1,000 -> None
            gateway: read B 1 0 1; read third 1 0 1 -> None
            B: approve B A 5 -> None
            S: circle S guardians 2 60 A B; circle S members 2 0 A B -> None
            gateway: give A Governance -> None
            A: propose price retail 7 lock 600; propose role B Treasury given lock 600 -> None
            gateway: back 1; take A Governance -> None
            governance: back 1 -> None
            A: bind A 0 0 1,000 1; transfer A B 1,000 -> None
            B: ask B fwd-5 30,000 10 gtc; ask B fwd-6 40,000 10 gtc -> None
            """);
        return market;
    }

    private static GenesisBook ForwardBook(string name, long delivery) =>
        new(BookId.Parse(name), BookParameters.Default with
        {
            Mechanism = BookMechanism.Continuous,
            Zone = Label.Parse("north"),
            Quality = EnergyQuality.Solar,
            Forward = new ForwardTerms(new EpochIndex(delivery), 0, 2),
        });

    /// <summary>Who may give a command, by the page.</summary>
    internal static string? AllowedSigner(Command command)
    {
        bool[] allowed = Table().Single(row => row.Command == RowOf(command)).Allowed;
        return Signers.Zip(allowed).Where(pair => pair.Second).Select(pair => pair.First).FirstOrDefault();
    }

    /// <summary>The name of a command's row: rights to some commands depend on what they say.</summary>
    private static string RowOf(Command command) => command.GetType().Name + command switch
    {
        Command.SetRole { Role: Role.Authority } => " (Authority)",
        Command.SetAssetStatus { Status: AssetStatus.Retired } => " (Retired)",
        _ => "",
    };

    private static IEnumerable<(string Command, bool[] Allowed)> Table() =>
        Rows().Skip(2).TakeWhile(cells => cells.Length == Signers.Length + 1)
            .Select(cells => (cells[0], cells[1..].Select(cell => cell == "yes").ToArray()));

    private static IEnumerable<string[]> Rows() =>
        File.ReadLines(TestFiles.InDocs("spec", "access.md"))
            .Where(line => line.StartsWith('|'))
            .Select(line => line.Trim('|').Split('|', StringSplitOptions.TrimEntries));
}
