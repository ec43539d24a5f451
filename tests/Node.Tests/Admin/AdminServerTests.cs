using System;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using EnergyNode.Node.Admin;
using Xunit;

namespace EnergyNode.Node.Tests.Admin;

public sealed class AdminServerTests
{
    private static readonly AdminTable Nothing = new([], []);

    [Fact]
    public async Task An_answer_is_one_line_with_everything_in_it()
    {
        AdminCommand command = AdminFixture.Echo(
            r => new AdminTable(
                [new("text"), new("n", AdminColumnKind.DurationMicros, Wide: true), new("flag", AdminColumnKind.Flag)],
                [[r.Text("word"), r.Number("n"), AdminCell.None]])
            { Summary = "Count: 1", PbmLines = ["a | b"] },
            new AdminArgument("word", AdminArgumentKind.Text, "a word"),
            new AdminArgument("n", AdminArgumentKind.Number, "a number") { Default = 7L });
        await using var fixture = new AdminFixture(null, command);
        Assert.Equal(
            OneLine(
                """
                {"v":1,"ok":true,"exitCode":0,
                "columns":[{"name":"text","kind":"text","wide":false},
                {"name":"n","kind":"durationMicros","wide":true},{"name":"flag","kind":"flag","wide":false}],
                "rows":[["grün\n",7,null]],"summary":"Count: 1","pbm":["a | b"],"node":"validator-1"}
                """),
            await fixture.AskAsync(fixture.Request("test echo", """{"word":"grün\n"}""")));
    }

    [Fact]
    public async Task Help_describes_each_argument()
    {
        AdminCommand command = AdminFixture.Echo(
            _ => Nothing,
            new AdminArgument("word", AdminArgumentKind.Text, "a word") { Positional = true, Required = true },
            new AdminArgument("n", AdminArgumentKind.Number, "a number") { Default = 7L, Short = 'n' });
        await using var fixture = new AdminFixture(null, command);
        Assert.Contains(
            OneLine(
                """
                "rows":[["test echo","WORD [--n NUMBER]","says what it heard"]],"summary":"Count: 1 commands",
                "commands":[{"palette":"test","name":"echo","description":"says what it heard","args":[
                {"name":"word","type":"text","description":"a word","positional":true,"required":true},
                {"name":"n","type":"number","description":"a number","positional":false,"required":false,
                "short":"n","default":7}]}]
                """),
            await fixture.AskAsync(fixture.Request("help")));
    }

    [Theory]
    [InlineData("""{"v":1,"token":"nonsense","command":"help"}""", 4, "the token is not this node's")]
    [InlineData("""{"v":1,"command":"help"}""", 4, "the token is not this node's")]
    [InlineData("""{"v":1,"token":"","command":"help"}""", 2, "'token' has a wrong type or value")]
    [InlineData("""{"v":2,"token":"x","command":"help"}""", 2, "speaks version 1")]
    [InlineData("""{"v":1,"token":"x"}""", 2, "names no 'command'")]
    [InlineData("""{"v":1,"token":"x","command":"a","timeoutMs":0}""", 2, "'timeoutMs' has a wrong type")]
    [InlineData("""{"v":1,"token":"x","command":"a","args":[]}""", 2, "'args' has a wrong type")]
    [InlineData("""{"v":1,"token":"x","command":"a","args":{"x":{}}}""", 2, "'args' has a wrong type")]
    [InlineData("""{"v":1,"token":"x","command":"a","args":{"x":1.5}}""", 2, "'args' has a wrong type")]
    [InlineData("""{"v":1,"v":1,"token":"x","command":"a"}""", 2, "not one JSON object")]
    [InlineData("""{"v":1,"token":"\ud800","command":"help"}""", 2, "not one JSON object")]
    [InlineData("[]", 2, "not a JSON object")]
    [InlineData("", 2, "not one JSON object")]
    [InlineData("GET / HTTP/1.1", 2, "not one JSON object")]
    [InlineData("[[[[[[[[[[", 2, "not one JSON object")]
    public async Task A_line_that_is_no_authorised_request_is_refused_and_ends_the_connection(
        string line, int code, string words)
    {
        await using var fixture = new AdminFixture();
        using TcpClient client = await fixture.ConnectAsync();
        string? answer = await AdminFixture.AskAsync(client, line);
        Assert.Contains($"\"ok\":false,\"exitCode\":{code},\"error\":", answer);
        Assert.Contains(words, answer);
        Assert.Equal(0, await client.GetStream().ReadAsync(new byte[1]));
    }

    [Theory]
    [InlineData("test echo", """{"other":1}""", "has no argument 'other'; it has word, n")]
    [InlineData("test echo", """{"word":"a","n":"b"}""", "'n' of 'test echo' must be a number")]
    [InlineData("test echo", """{"word":"a","n":true}""", "'n' of 'test echo' must be a number")]
    [InlineData("test echo", "{}", "'test echo' needs 'word' (a word)")]
    [InlineData("test ecko", "{}", "this node has no command 'test ecko'")]
    public async Task Wrong_arguments_are_refused_and_the_connection_stays(string command, string args, string words)
    {
        AdminCommand echo = AdminFixture.Echo(
            _ => Nothing,
            new AdminArgument("word", AdminArgumentKind.Text, "a word") { Required = true },
            new AdminArgument("n", AdminArgumentKind.Number, "a number"));
        await using var fixture = new AdminFixture(null, echo);
        using TcpClient client = await fixture.ConnectAsync();
        string? answer = await AdminFixture.AskAsync(client, fixture.Request(command, args));
        Assert.Contains("\"exitCode\":2", answer);
        Assert.Contains(words, answer);
        Assert.Contains("\"ok\":true", await AdminFixture.AskAsync(client, fixture.Request("help")));
    }

    [Fact]
    public async Task A_request_over_the_limit_is_refused_and_one_at_the_limit_is_not()
    {
        await using var fixture = new AdminFixture(new AdminLimits { MaxRequestBytes = 1000 });
        string request = fixture.Request("help");
        Assert.Contains("\"ok\":true", await fixture.AskAsync(request.PadRight(1000)));
        Assert.Contains("longer than 1000 bytes", await fixture.AskAsync(request.PadRight(1001)));
    }

    [Fact]
    public async Task An_answer_over_the_limit_becomes_a_refusal()
    {
        AdminCommand big = AdminFixture.Echo(_ => new AdminTable([new("a")], [[new string('x', 5000)]]));
        await using var fixture = new AdminFixture(new AdminLimits { MaxResponseBytes = 4000 }, big);
        string? answer = await fixture.AskAsync(fixture.Request("test echo"));
        Assert.Contains("\"ok\":false,\"exitCode\":1,\"error\":\"the answer is larger than 4000 bytes", answer);
    }

    [Fact]
    public async Task One_connection_too_many_is_told_so_and_closed()
    {
        await using var fixture = new AdminFixture(new AdminLimits { MaxConnections = 1 });
        using TcpClient first = await fixture.ConnectAsync();
        Assert.Contains("\"ok\":true", await AdminFixture.AskAsync(first, fixture.Request("help")));
        string? answer = await fixture.AskAsync(fixture.Request("help"));
        Assert.Contains("\"exitCode\":3,\"error\":\"the node's 1 admin connections are in use", answer);
        Assert.Contains("\"ok\":true", await AdminFixture.AskAsync(first, fixture.Request("help")));
    }

    [Fact]
    public async Task Requests_beyond_the_concurrency_limit_wait_for_their_turn()
    {
        int running = 0;
        int most = 0;
        var entered = new SemaphoreSlim(0);
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var command = new AdminCommand("test", "slow", "waits", [], async (_, _) =>
        {
            most = Math.Max(most, Interlocked.Increment(ref running));
            entered.Release();
            await gate.Task;
            Interlocked.Decrement(ref running);
            return Nothing;
        });
        await using var fixture = new AdminFixture(new AdminLimits { MaxConcurrentRequests = 1 }, command);
        Task<string?> one = fixture.AskAsync(fixture.Request("test slow"));
        await entered.WaitAsync();
        Task<string?> two = fixture.AskAsync(fixture.Request("test slow"));
        string? late = await fixture.AskAsync(fixture.Request("test slow", more: ",\"timeoutMs\":1"));
        Assert.Contains("\"exitCode\":5", late);
        gate.SetResult();
        Assert.Contains("\"ok\":true", await one);
        Assert.Contains("\"ok\":true", await two);
        Assert.Equal(1, most);
    }

    [Fact]
    public async Task A_stop_answers_what_is_open()
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var command = new AdminCommand("test", "slow", "waits", [], async (_, cancellation) =>
        {
            started.SetResult();
            await Task.Delay(Timeout.Infinite, cancellation);
            return Nothing;
        });
        await using var fixture = new AdminFixture(null, command);
        Task<string?> asking = fixture.AskAsync(fixture.Request("test slow"));
        await started.Task;
        await fixture.Server.DisposeAsync();
        Assert.Contains("\"exitCode\":3,\"error\":\"the node is stopping\"", await asking);
    }

    [Fact]
    public async Task A_port_in_use_is_one_line_that_says_what_to_do()
    {
        await using var fixture = new AdminFixture();
        await using var second = new AdminServer(
            fixture.Options with { Port = fixture.Server.EndPoint.Port }, new AdminRegistry(), AdminToken.Create());
        string message = Assert.Throws<AdminStartException>(second.Start).Message;
        Assert.Contains("is in use; stop the process that has it, or set petabridge.cmd.port", message);
        Assert.DoesNotContain('\n', message);
        Assert.True(File.Exists(fixture.Server.DiscoveryFile));
    }

    [Fact]
    public async Task An_address_that_others_can_reach_needs_an_explicit_word()
    {
        await using var fixture = new AdminFixture();
        await using var server = new AdminServer(
            fixture.Options with { Host = IPAddress.Any }, new AdminRegistry(), AdminToken.Create());
        Assert.Contains("not encrypted", Assert.Throws<AdminStartException>(server.Start).Message);
    }

    private static string OneLine(string text) => text.Replace("\n", "");
}
