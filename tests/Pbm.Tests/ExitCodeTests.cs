using System;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using EnergyNode.Node.Admin;
using Xunit;

namespace EnergyNode.Pbm.Tests;

public sealed class ExitCodeTests
{
    private const string OneCommand =
        """{"v":1,"ok":true,"columns":[],"rows":[],"commands":[{"palette":"a","name":"b","args":[]}]}""" + "\n";

    [Theory]
    [InlineData("", "interactive shell is not there yet")]
    [InlineData("clster show", "there is no palette 'clster'; did you mean 'cluster'?")]
    [InlineData("cluster shwo", "'cluster' has no command 'shwo'; did you mean 'show'?")]
    [InlineData("cluster zzzzzz", "it has show, status, wait")]
    [InlineData("cluster", "'cluster' needs a command; it has show, status, wait")]
    [InlineData("market book", "'market book' needs BOOK; usage: pbm market book BOOK")]
    [InlineData("market book a b", "has no place for 'b'")]
    [InlineData("market book a --dpeth 3", "has no option --dpeth; did you mean '--depth'?")]
    [InlineData("market book a -d many", "must be a whole number, not 'many'")]
    [InlineData("market book a -d", "-d needs a value")]
    [InlineData("market book a -d 1 --depth=2", "'depth' is given twice")]
    [InlineData("cluster show -o yaml", "'yaml' is no output format")]
    [InlineData("cluster show -o jsn", "did you mean 'json'?")]
    [InlineData("cluster show --timeout soon", "'soon' is no time-out; give 500ms, 5s or 2m")]
    [InlineData("--foo", "there is no option --foo; see pbm --help")]
    [InlineData("localhost:99999 cluster show", "is no address; give host:port")]
    [InlineData("cluster show --token-file /nowhere/at/all", "cannot read the token file")]
    [InlineData("cluster wait", "'cluster wait' needs FOR")]
    [InlineData("cluster wait --for rain", "cannot wait for 'rain'; give height=N")]
    public async Task Wrong_usage_ends_with_2_and_one_line_of_advice(string words, string message)
    {
        using var directory = new RuntimeDirectory();
        await using var node = new TestNode(directory);
        PbmRun run = await PbmRun.WithAsync(directory, words.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        string first = run.Error.Split('\n')[0];
        Assert.Equal(2, run.Code);
        Assert.StartsWith("pbm: ", first);
        Assert.Contains(message, first);
        Assert.Equal("", run.Out);
    }

    [Fact]
    public async Task No_server_ends_with_3()
    {
        using var directory = new RuntimeDirectory();
        PbmRun run = await PbmRun.WithAsync(directory, $"127.0.0.1:{ClosedPort()}", "cluster", "show");
        Assert.Equal(3, run.Code);
        Assert.Matches("^pbm: cannot connect to 127.0.0.1:[0-9]+ .*; start the node, .*\n$", run.Error);
    }

    [Fact]
    public async Task A_wrong_token_ends_with_4()
    {
        using var directory = new RuntimeDirectory();
        await using var node = new TestNode(directory);
        string file = Path.Combine(directory.Path, "token");
        File.WriteAllText(file, new string('0', 64) + "\n");
        PbmRun run = await PbmRun.WithAsync(directory, node.Address, "cluster", "show", "--token-file", file);
        Assert.Equal(4, run.Code);
        Assert.StartsWith("pbm: the token is not this node's;", run.Error);
    }

    [Fact]
    public async Task No_token_ends_with_4()
    {
        using var directory = new RuntimeDirectory();
        using var other = new RuntimeDirectory();
        await using var node = new TestNode(directory);
        PbmRun run = await PbmRun.WithAsync(other, node.Address, "cluster", "show");
        Assert.Equal(4, run.Code);
        Assert.Contains("--token-file", run.Error);
    }

    [Theory]
    [InlineData(1, "no such account; see ledger accounts")]
    [InlineData(6, "two nodes are silent; ask them one by one")]
    public async Task A_refusal_keeps_the_nodes_code_and_words(int code, string words)
    {
        using var directory = new RuntimeDirectory();
        await using var node = new TestNode(
            directory, more: [Command("ledger", "account", (_, _) => Task.FromResult(AdminTable.Refuse(words, code)))]);
        PbmRun run = await PbmRun.WithAsync(directory, "ledger", "account");
        Assert.Equal(new PbmRun(code, "", $"pbm: {words}\n"), run);
    }

    [Fact]
    public async Task A_partial_answer_is_printed_and_ends_with_6()
    {
        using var directory = new RuntimeDirectory();
        var table = new AdminTable([new("node")], [["validator-1"]]) { ExitCode = AdminExit.Partial };
        await using var node = new TestNode(
            directory, more: [Command("cluster", "diff", (_, _) => Task.FromResult(table))]);
        PbmRun run = await PbmRun.WithAsync(directory, "cluster", "diff");
        Assert.Equal(new PbmRun(6, "NODE\nvalidator-1\n", ""), run);
    }

    [Fact]
    public async Task A_fault_in_a_handler_ends_with_70_and_does_not_close_the_port()
    {
        using var directory = new RuntimeDirectory();
        await using var node = new TestNode(
            directory, more: [Command("ledger", "break", (_, _) => throw new InvalidOperationException("secret"))]);
        PbmRun run = await PbmRun.WithAsync(directory, "ledger", "break");
        Assert.Equal(70, run.Code);
        Assert.DoesNotContain("secret", run.Error);
        Assert.Equal(0, (await PbmRun.WithAsync(directory, "cluster", "show")).Code);
    }

    [Fact]
    public async Task A_command_that_outlasts_its_time_at_the_node_ends_with_5()
    {
        using var directory = new RuntimeDirectory();
        var clock = new ManualClock();
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var never = new TaskCompletionSource<AdminTable>();
        AdminCommand slow = Command("ledger", "slow", (_, _) =>
        {
            started.SetResult();
            return never.Task;
        });
        await using var node = new TestNode(directory, clock: clock, more: [slow]);
        PbmHost patient = PbmRun.Host(directory) with { Clock = new ManualClock() };
        Task<PbmRun> running = PbmRun.WithAsync(patient, "ledger", "slow", "--timeout", "10s");
        await started.Task;
        clock.Advance(TimeSpan.FromSeconds(9));
        PbmRun run = await running;
        Assert.Equal(5, run.Code);
        Assert.Contains("took longer than 9000 ms", run.Error);
    }

    [Fact]
    public async Task A_node_that_says_nothing_ends_with_5()
    {
        using var directory = new RuntimeDirectory();
        await using var silent = new ScriptedNode("");
        var clock = new ManualClock();
        Task<PbmRun> running = RunWithToken(
            directory, PbmRun.Host(directory) with { Clock = clock }, silent.Address, "cluster", "show");
        await silent.Asked;
        clock.Advance(TimeSpan.FromSeconds(5));
        PbmRun run = await running;
        Assert.Equal(5, run.Code);
        Assert.Contains("within 5 s; try a longer --timeout", run.Error);
    }

    [Theory]
    [InlineData("hello\n")]
    [InlineData("[1]\n")]
    [InlineData("{\"v\":2,\"ok\":true,\"columns\":[],\"rows\":[]}\n")]
    [InlineData("{\"v\":1,\"ok\":\"yes\"}\n")]
    [InlineData("{\"v\":1,\"ok\":false,\"exitCode\":0,\"error\":\"x\"}\n")]
    [InlineData("{\"v\":1,\"ok\":true,\"columns\":[{\"name\":\"a\"}],\"rows\":[[1,2]]}\n")]
    [InlineData("{\"v\":1,\"ok\":true,\"columns\":[{\"name\":\"a\"}],\"rows\":[[{}]]}\n")]
    [InlineData("{\"v\":1,\"ok\":true,\"columns\":[{\"name\":\"a\"},{\"name\":\"a\"}],\"rows\":[]}\n")]
    [InlineData("{\"v\":1,\"v\":1,\"ok\":true,\"columns\":[],\"rows\":[]}\n")]
    [InlineData("[[[[[[[[[[[[[[[[[[[[\n")]
    public async Task A_malformed_answer_ends_with_70(string answer)
    {
        using var directory = new RuntimeDirectory();
        await using var odd = new ScriptedNode(answer);
        PbmRun run = await RunWithToken(directory, PbmRun.Host(directory), odd.Address, "cluster", "show");
        Assert.Equal(70, run.Code);
        Assert.Matches("^pbm: cannot read the answer of [^\n]*; see whether [^\n]*\n$", run.Error);
    }

    [Fact]
    public async Task An_answer_that_never_ends_is_cut_off_with_70()
    {
        using var directory = new RuntimeDirectory();
        await using var endless = new ScriptedNode(new string('x', 5000));
        PbmHost host = PbmRun.Host(directory) with { Limits = new PbmLimits { MaxAnswerBytes = 1000 } };
        PbmRun run = await RunWithToken(directory, host, endless.Address, "cluster", "show");
        Assert.Equal(70, run.Code);
        Assert.Contains("longer than 1000 bytes", run.Error);
    }

    [Fact]
    public async Task A_connection_closed_without_an_answer_ends_with_3()
    {
        using var directory = new RuntimeDirectory();
        await using var rude = new ScriptedNode(OneCommand, null);
        PbmRun run = await RunWithToken(directory, PbmRun.Host(directory), rude.Address, "a", "b");
        Assert.Equal(3, run.Code);
        Assert.Contains("closed the connection", run.Error);
    }

    [Fact]
    public async Task An_error_of_a_node_cannot_fake_lines_or_colours()
    {
        using var directory = new RuntimeDirectory();
        await using var odd = new ScriptedNode(
            """{"v":1,"ok":false,"exitCode":1,"error":"a\nb\u001b[2J\u202e"}""" + "\n");
        PbmRun run = await RunWithToken(directory, PbmRun.Host(directory), odd.Address, "cluster", "show");
        Assert.Equal(new PbmRun(1, "", "pbm: a\\u000ab\\u001b[2J\\u202e\n"), run);
    }

    [Fact]
    public async Task An_interrupt_ends_quietly_with_130()
    {
        using var directory = new RuntimeDirectory();
        await using var silent = new ScriptedNode("");
        string file = TokenFile(directory);
        using var interrupt = new CancellationTokenSource();
        var error = new StringWriter();
        var app = new PbmApp(PbmRun.Host(directory) with { Error = error, Clock = new ManualClock() });
        Task<int> running = app.RunAsync(
            [silent.Address, "cluster", "show", "--token-file", file], interrupt.Token);
        await silent.Asked;
        await interrupt.CancelAsync();
        Assert.Equal(130, await running);
        Assert.Equal("", error.ToString());
    }

    private static Task<PbmRun> RunWithToken(RuntimeDirectory directory, PbmHost host, params string[] words) =>
        PbmRun.WithAsync(host, [.. words, "--token-file", TokenFile(directory)]);

    private static string TokenFile(RuntimeDirectory directory)
    {
        string file = Path.Combine(directory.Path, "token");
        File.WriteAllText(file, "some token");
        return file;
    }

    private static int ClosedPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static AdminCommand Command(
        string palette, string name, Func<AdminRequest, CancellationToken, Task<AdminTable>> handler) =>
        new(palette, name, "a test", [], handler);
}
