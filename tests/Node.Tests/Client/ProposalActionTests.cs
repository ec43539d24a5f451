using System.Collections.Generic;
using System.IO;
using System.Linq;
using EnergyNode.Ledger;
using EnergyNode.Node.Cli;
using EnergyNode.Node.Client;
using EnergyNode.Node.Hosting;
using EnergyNode.Node.Setup;
using EnergyNode.Node.Tests.Crypto;
using Xunit;

namespace EnergyNode.Node.Tests.Client;

public sealed class ProposalActionTests
{
    private const string Key = "1111111111111111111111111111111111111111111111111111111111111111";

    private const string Book =
        """
        {"book":"north","mechanism":"continuous","tickMicroPerKwh":10,"lotWh":5,"floorMicroPerKwh":-1000,
         "capMicroPerKwh":500000,"zone":"north","quality":"solar","open":true,
         "forward":{"deliveryEpoch":96,"gateEpochs":4,"cycleEpochs":1}}
        """;

    private const string Good =
        $"""
        price gridFee 5                    | set grid fee to 5 micro per kWh
        price retail 1000000000            | set retail price to 1000000000 micro per kWh
        price feedIn 0                     | set feed-in price to 0 micro per kWh
        distance-fees 1 2                  | set grid fees to 1 (feeder), 2 (zone) micro per kWh
        deviation-prices 3 feedIn          | set deviation prices to 3 micro per kWh short, feed-in long
        deviation-prices retail 4          | set deviation prices to retail short, 4 micro per kWh long
        loss-factors 1 2 3                 | set loss factors to 1 ppm (feeder), 2 ppm (zone), 3 ppm (across zones)
        oracle-terms 4 5                   | set oracle operations to 4 micro each, 5 per epoch (0: no limit)
        loss-factors 1 2 250000            | set loss factors to 1 ppm (feeder), 2 ppm (zone), 250000 ppm (across zones)
        grace 1500ms                       | set grace to 1.5 s
        epoch-length 15m                   | set epoch length to 900 s
        pause                              | pause the market
        pause north                        | pause book north
        resume                             | resume the market
        resume north                       | resume book north
        give-role bob treasury             | give role Treasury, account bob
        take-role bob oracleOperator       | take role OracleOperator, account bob
        terms 2 1m                         | set threshold to 2, least lock to 60 s
        upgrade 2 9                        | upgrade to version 2 at block 9
        validator v5 {Key} 3 | set validator v5 to power 3, key {Key}
        consensus pos 9                    | change consensus to pos at block 9
        line south north 5000 4000         | set zone south below north: 5000 W up, 4000 W down
        line north none 0 0                | set zone north below none: 0 W up, 0 W down
        """;

    private const string Bad =
        """
        price retail x               | value 'x': write a whole number from 0 to 1000000000
        price retail -1              | value '-1': write a whole number
        price retail 1000000001      | value '1000000001': write a whole number
        price noon 5                 | which 'noon': write gridFee, retail or feedIn
        price 0 5                    | which '0': write gridFee, retail or feedIn
        deviation-prices feedIn 4    | short 'feedIn': write a whole number
        loss-factors 1 2 -3          | across-zones '-3': write a whole number from 0 to
        oracle-terms 1000000001 5    | fee '1000000001'
        oracle-terms 1 1000001       | per-epoch '1000001'
        loss-factors 1 2 250001      | across-zones '250001'
        loss-factors -1 0 0          | same-feeder '-1'
        grace 5                      | time '5': write a time such as 90s, 15m or 7d, at most 1d
        grace 25h                    | time '25h'
        grace 100ns                  | time '100ns'
        pause a/b                    | book 'a/b': write a name
        give-role bob none           | role 'none': write authority
        give-role bob 63             | role '63'
        terms 0 1m                   | threshold '0'
        terms 1 31d                  | lock '31d'
        upgrade 2 0                  | block '0'
        validator v5 12 3            | key '12': write a public key of 64 hexadecimal digits
        consensus raft 9             | protocol 'raft': write pbft, pos or pow
        consensus pos 9 1s           | block-time '1s': only proof of work has one
        consensus pow 9 2h           | block-time '2h'
        consensus pow 9 1s 65        | depth '65'
        consensus pow 9 1s 6 15      | difficulty '15'
        line south north -1 0        | up '-1'
        line south north 0           | down is missing
        book nowhere.json            | nowhere.json: cannot be read
        """;

    [Fact]
    public void Every_action_has_its_words()
    {
        HashSet<System.Type> met = [typeof(GovernanceAction.SetBook)];
        foreach ((string words, string text) in Cases(Good))
        {
            GovernanceAction action = Read(words);
            Assert.Equal(text, GovernanceActionText.Of(action));
            met.Add(action.GetType());
        }

        Assert.Equal(
            typeof(GovernanceAction).GetNestedTypes().OrderBy(static type => type.Name),
            met.OrderBy(static type => type.Name));
        Assert.Equal(
            ProposalActions.All.Select(static action => action.Name).Where(static name => name != "book").Order(),
            Cases(Good).Select(static line => line.Left.Split(' ')[0]).Distinct().Order());
    }

    [Fact]
    public void Wrong_words_are_refused_by_name()
    {
        foreach ((string words, string problem) in Cases(Bad))
        {
            CommandFailedException error = Assert.Throws<CommandFailedException>(() => Read(words));
            Assert.Equal(ExitCodes.Usage, error.ExitCode);
            Assert.StartsWith(problem, error.Message, System.StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_file_says_all_rules_of_a_book()
    {
        using TemporaryDirectory directory = new();
        string file = directory.File("book.json");
        File.WriteAllText(file, Book);
        GovernanceAction.SetBook action = Assert.IsType<GovernanceAction.SetBook>(Read("book " + file));
        Assert.Equal(BookId.Parse("north"), action.Book);
        Assert.Equal(BookMechanism.Continuous, action.Parameters.Mechanism);
        Assert.Equal(new ForwardTerms(new EpochIndex(96), 4, 1), action.Parameters.Forward);

        File.WriteAllText(file, Book.Replace("\"lotWh\":5,", "", System.StringComparison.Ordinal));
        Assert.Contains("lotWh: is missing", Assert.Throws<SetupException>(() => Read("book " + file)).Message);
        File.WriteAllText(file, "");
        Assert.Contains(
            $"{file}:1:1: this is no JSON",
            Assert.Throws<CommandFailedException>(() => Read("book " + file)).Message);
        File.WriteAllBytes(file, new byte[ClientLimits.MaxBookFileBytes + 1]);
        Assert.Contains("has more than", Assert.Throws<CommandFailedException>(() => Read("book " + file)).Message);
    }

    [Fact]
    public void Proof_of_work_has_parameters_of_its_own_or_the_usual_ones()
    {
        Assert.Equal(WorkDefaults.Parameters, RulesOf("consensus pow 9").Work);
        Assert.Equal(
            new WorkParameters(Duration.FromSeconds(1), 64, new Difficulty(16)),
            RulesOf("consensus pow 9 1s 64 16").Work);
        Assert.Null(RulesOf("consensus pbft 9").Work);
    }

    private static ConsensusRules RulesOf(string words) =>
        Assert.IsType<GovernanceAction.ChangeConsensus>(Read(words)).Rules;

    private static GovernanceAction Read(string line)
    {
        string[] words = line.Split(' ');
        ProposalAction action = ProposalActions.All.Single(action => action.Name == words[0]);
        return action.Read(new Words(action.Arguments.Select((argument, at) => (
            argument.Name, Value: at + 1 < words.Length ? words[at + 1] : null))
            .ToDictionary(static pair => pair.Name, static pair => pair.Value)));
    }

    private static IEnumerable<(string Left, string Right)> Cases(string table) =>
        table.Split('\n').Select(static line => line.Split('|', 2))
            .Select(static cells => (cells[0].Trim(), cells[1].Trim()));
}
