using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using EnergyNode.Ledger;
using EnergyNode.Node.Cli;
using EnergyNode.Node.Client;
using EnergyNode.Node.Crypto;
using EnergyNode.Node.Tests.Hosting;
using Xunit;

namespace EnergyNode.Node.Tests.Client;

public sealed class ClientCommandTests
{
    [Fact]
    public async Task A_proposal_is_made_approved_by_another_listed_and_cancelled()
    {
        await using TestNetwork network = new(1);
        await network.StartAsync(0);
        PublicKey alice = KeyFile.Create(network.File("net/alice.key"));
        await network.ExecuteAsync(
            0,
            new Command.RegisterUser(AccountId.Parse("alice"), UserKind.Operator, alice),
            new Command.SetRole(AccountId.Parse("alice"), Role.Governance, true));

        JsonElement made = await RunAsync(network, "operator", Propose("1h", "2d"));
        Assert.True(made.GetProperty("ok").GetBoolean());
        Assert.Equal(1, made.GetProperty("proposal").GetInt32());
        ProposalId id = new(1);
        await RunAsync(network, "alice", (_, _) => new ClientRequest(
            new Command.ApproveProposal(id), null, static _ => ""));

        JsonElement listed = (await ListAsync(network)).GetProperty("proposals")[0];
        Assert.Equal("set retail price to 230000 micro per kWh", listed.GetProperty("action").GetString());
        Assert.Equal("operator", listed.GetProperty("proposer").GetString());
        Assert.Equal("""["operator","alice"]""", listed.GetProperty("approvals").GetRawText());

        JsonElement refused = await RunAsync(
            network, "alice", (account, _) => new ClientRequest(
                new Command.CancelProposal(account, id), null, static _ => ""));
        Assert.Equal("NotTheProposer", refused.GetProperty("error").GetString());
        await RunAsync(network, "operator", (account, _) => new ClientRequest(
            new Command.CancelProposal(account, id), null, static _ => ""));
        Assert.Equal(0, (await ListAsync(network)).GetProperty("proposals").GetArrayLength());
    }

    [Fact]
    public async Task The_lock_begins_after_the_block_and_what_the_ledger_refuses_exits_with_one()
    {
        await using TestNetwork network = new(1);
        await network.StartAsync(0);

        // The longest lock is taken although a minute is added to every other one.
        Assert.True((await RunAsync(network, "operator", Propose("30d", "90d"))).GetProperty("ok").GetBoolean());
        Assert.True((await RunAsync(network, "operator", Propose("0s", "1h"))).GetProperty("ok").GetBoolean());
        CommandFailedException refused = await Assert.ThrowsAsync<CommandFailedException>(() =>
            RunAsync(network, "utility", Propose("0s", "7d"), json: false));
        Assert.Equal(ExitCodes.Failed, refused.ExitCode);
        Assert.Contains("UnauthorizedOperator; nothing was changed", refused.Message, StringComparison.Ordinal);
        refused = await Assert.ThrowsAsync<CommandFailedException>(() =>
            RunAsync(network, "operator", Propose("1h", "30m")));
        Assert.Equal(ExitCodes.Usage, refused.ExitCode);
        await Assert.ThrowsAsync<KeyFileException>(() => RunAsync(network, "nobody", Propose("0s", "7d")));
        refused = await Assert.ThrowsAsync<CommandFailedException>(() =>
            RunAsync(network, "no body", Propose("0s", "7d")));
        Assert.Equal(ExitCodes.Usage, refused.ExitCode);
    }

    [Fact]
    public async Task Money_is_set_aside_for_oracle_operations_and_a_block_order_finds_no_book()
    {
        await using TestNetwork network = new(1);
        await network.StartAsync(0);
        await network.ExecuteAsync(0, new Command.Deposit(AccountId.Parse("operator"), new Money(1_000)));

        JsonElement paid = await RunAsync(network, "operator", PrepayCommand.ToPrepay(Typed(("amount", "1000"))));
        Assert.True(paid.GetProperty("ok").GetBoolean());
        JsonElement tooMuch = await RunAsync(network, "operator", PrepayCommand.ToPrepay(Typed(("amount", "1001"))));
        Assert.Equal("InsufficientBalance", tooMuch.GetProperty("error").GetString());
        JsonElement order = await RunAsync(network, "operator", OrderCommand.ToPlaceBlock(Block()));
        Assert.False(order.GetProperty("ok").GetBoolean());
        Assert.False(order.TryGetProperty("firstOrder", out _));
    }

    [Fact]
    public void A_block_order_is_what_was_typed()
    {
        ClientRequest request = OrderCommand.ToPlaceBlock(Block())(AccountId.Parse("bob"), default);
        Assert.Equal(
            new Command.PlaceBlockOrder(
                AccountId.Parse("bob"),
                Label.Parse("local"),
                EnergyQuality.Solar,
                Side.Buy,
                new EpochIndex(40),
                4,
                new Price(-5),
                new WattHours(500)),
            request.Command);
        Assert.Equal("traded 500 Wh in each of epochs 40 to 43, orders 7 to 10", request.Text(7));
    }

    [Theory]
    [InlineData("--epochs", "1")]
    [InlineData("--epochs", "97")]
    [InlineData("--first", "-1")]
    [InlineData("--side", "both")]
    [InlineData("--quality", "coal")]
    [InlineData("--quantity", "0")]
    [InlineData("--limit", "1000000001")]
    [InlineData("--zone", "a b")]
    public void A_wrong_word_of_a_block_order_is_named(string option, string value)
    {
        CommandFailedException error = Assert.Throws<CommandFailedException>(() =>
            OrderCommand.ToPlaceBlock(Block((option, value))));
        Assert.Equal(ExitCodes.Usage, error.ExitCode);
        Assert.StartsWith($"{option} '{value}': write ", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("1.5")]
    [InlineData("")]
    [InlineData("1000000000000001")]
    public void A_wrong_amount_is_refused(string amount) => Assert.Equal(
        ExitCodes.Usage,
        Assert.Throws<CommandFailedException>(() => PrepayCommand.ToPrepay(Typed(("amount", amount)))).ExitCode);

    [Fact]
    public async Task Validators_that_do_not_run_are_named_at_once()
    {
        await using TestNetwork network = new(1);
        ClientChoice choice = Choice(network, "operator", true) with { Patience = TimeSpan.FromMilliseconds(200) };
        CommandFailedException error = await Assert.ThrowsAsync<CommandFailedException>(() =>
            new ProposalList(TextWriter.Null, TimeProvider.System).RunAsync(choice, CancellationToken.None));
        Assert.Equal(ExitCodes.Failed, error.ExitCode);
        Assert.Contains("1 of 1 validators must answer", error.Message, StringComparison.Ordinal);
        Assert.Contains("validator-1: ", error.Message, StringComparison.Ordinal);
    }

    private static Words Block((string Name, string Value)? other = null) => Typed([
        .. new[]
        {
            ("--side", "buy"), ("--first", "40"), ("--epochs", "4"), ("--quantity", "500"), ("--limit", "-5"),
            ("--zone", "local"), ("--quality", "solar"),
        }.Select(word => word.Item1 == other?.Name ? other.Value : word)]);

    private static Words Typed(params (string Name, string Value)[] words) =>
        new(words.ToDictionary(static word => word.Name, static string? (word) => word.Value));

    private static Func<AccountId, Instant, ClientRequest> Propose(string hold, string until) =>
        GovernanceCommand.ToPropose(
            new GovernanceAction.SetPrice(MarketPrice.Retail, new Price(230_000)),
            Typed(("--lock", hold), ("--until", until)));

    private static async Task<JsonElement> RunAsync(
        TestNetwork network, string account, Func<AccountId, Instant, ClientRequest> ask, bool json = true)
    {
        using StringWriter output = new();
        int exit = await new ClientCommand(output, TimeProvider.System).RunAsync(
            Choice(network, account, json), ask, CancellationToken.None);
        JsonElement answer = JsonDocument.Parse(output.ToString()).RootElement;
        Assert.Equal(answer.GetProperty("ok").GetBoolean() ? ExitCodes.Ok : ExitCodes.Failed, exit);
        return answer;
    }

    private static async Task<JsonElement> ListAsync(TestNetwork network)
    {
        using StringWriter output = new();
        Assert.Equal(
            ExitCodes.Ok,
            await new ProposalList(output, TimeProvider.System).RunAsync(
                Choice(network, "operator", true), CancellationToken.None));
        return JsonDocument.Parse(output.ToString()).RootElement;
    }

    private static ClientChoice Choice(TestNetwork network, string account, bool json) =>
        new(network.Network.Validators[0].ConfigurationFile, network.File("net"), account, json);
}
