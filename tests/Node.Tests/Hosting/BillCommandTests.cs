using System.Globalization;
using System.IO;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using EnergyNode.Ledger;
using EnergyNode.Node.Cli;
using Xunit;

namespace EnergyNode.Node.Tests.Hosting;

public sealed class BillCommandTests
{
    [Fact]
    public async Task A_bill_is_made_from_the_journal_and_wrong_questions_are_refused()
    {
        AccountId account = AccountId.Parse("operator");
        await using TestNetwork network = new(1);
        await network.StartAsync(0);
        await network.ExecuteAsync(
            0, new Command.Deposit(account, new Money(5)), new Command.CloseEpoch(new EpochIndex(0)));
        await network.ExecuteAsync(
            0, new Command.Deposit(account, new Money(7)), new Command.CloseEpoch(new EpochIndex(1)));
        await network.StopAsync(0);
        string data = network.DataOf(0);

        Assert.Equal((5, 0, 0), PaidIn(data, 0, 0));
        Assert.Equal((7, 1, 1), PaidIn(data, 1, null));
        Assert.Equal((12, 0, 1), PaidIn(Path.GetDirectoryName(data)!, 0, null));
        using StringWriter text = new();
        Assert.Equal(0, new BillCommand(text).Run(data, "operator", 0, null, json: false));
        Assert.Contains("operator, epochs 0 to 1", text.ToString());
        Assert.Contains("losses on the way", text.ToString());

        Refused(1, "2 epochs are, from 0 on", data, "operator", 0, 2);
        Refused(1, "not all closed", data, "operator", 2, null);
        Refused(1, "no such account", data, "nobody", 0, null);
        Refused(2, "not an account's name", data, "no body", 0, null);
        Refused(2, "--from must be", data, "operator", -1, null);
        Refused(2, "--from must be", data, "operator", 1, 0);
        Refused(2, "no such directory", data + "-elsewhere", "operator", 0, null);
    }

    private static (long PaidIn, long From, long To) PaidIn(string directory, long from, long? to)
    {
        using StringWriter output = new();
        Assert.Equal(0, new BillCommand(output).Run(directory, "operator", from, to, json: true));
        JsonNode bill = JsonNode.Parse(output.ToString())!;
        Assert.Equal(0, (long)bill["totalMicro"]!);
        return ((long)bill["paidInMicro"]!, (long)bill["fromEpoch"]!, (long)bill["toEpoch"]!);
    }

    private static void Refused(int exit, string message, string directory, string account, long from, long? to)
    {
        using StringWriter output = new(CultureInfo.InvariantCulture);
        CommandFailedException failure = Assert.Throws<CommandFailedException>(
            () => new BillCommand(output).Run(directory, account, from, to, json: false));
        Assert.Equal(exit, failure.ExitCode);
        Assert.Contains(message, failure.Message);
        Assert.Empty(output.ToString());
    }
}
