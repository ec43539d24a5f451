using System.IO;
using System.Threading.Tasks;
using Xunit;

namespace EnergyNode.Pbm.Tests;

public sealed class OutputTests
{
    [Theory]
    [InlineData("table", """
        ADDRESS                                ROLES       STATUS
        akka.tcp://ClusterApp@localhost:8091   validator   up
        akka.tcp://ClusterApp@localhost:8092   -           unreachable
        Count: 2 nodes

        """)]
    [InlineData("wide", """
        ADDRESS                                ROLES       STATUS        PEER-VERSION
        akka.tcp://ClusterApp@localhost:8091   validator   up            1.4.0
        akka.tcp://ClusterApp@localhost:8092   -           unreachable   1.4.0
        Count: 2 nodes

        """)]
    [InlineData("json", """
        {
          "node": "validator-1",
          "height": 99,
          "rows": [
            {
              "address": "akka.tcp://ClusterApp@localhost:8091",
              "roles": "validator",
              "status": "up",
              "peerVersion": "1.4.0"
            },
            {
              "address": "akka.tcp://ClusterApp@localhost:8092",
              "roles": null,
              "status": "unreachable",
              "peerVersion": "1.4.0"
            }
          ],
          "summary": "Count: 2 nodes"
        }

        """)]
    [InlineData("jsonl", """
        {"address":"akka.tcp://ClusterApp@localhost:8091","roles":"validator","status":"up","peerVersion":"1.4.0"}
        {"address":"akka.tcp://ClusterApp@localhost:8092","roles":null,"status":"unreachable","peerVersion":"1.4.0"}

        """)]
    [InlineData("pbm", """
        akka.tcp://ClusterApp@localhost:8091 | [validator] | up | | 1.4.0
        akka.tcp://ClusterApp@localhost:8092 | [] | up | unreachable | 1.4.0
        Count: 2 nodes

        """)]
    public async Task One_answer_reads_the_same_in_each_format(string format, string expected)
    {
        using var directory = new RuntimeDirectory();
        await using var node = new TestNode(directory);
        PbmRun run = await PbmRun.WithAsync(directory, node.Address, "cluster", "show", "-o", format);
        Assert.Equal(new PbmRun(0, expected, ""), run);
    }

    [Fact]
    public async Task Csv_quotes_what_needs_quotes_and_ends_lines_as_the_standard_says()
    {
        using var directory = new RuntimeDirectory();
        await using var node = new TestNode(directory);
        PbmRun run = await PbmRun.WithAsync(directory, "market", "book", "home-spot", "--output=csv");
        Assert.Equal(
            "book,depth,asksOnly,size,age,note\r\n"
            + "home-spot,2,false,1600000,61500000,\"a \"\"quoted\"\", \u001b[31mred\n note\u202e\"\r\n",
            run.Out);
    }

    [Theory]
    [InlineData("table")]
    [InlineData("wide")]
    [InlineData("json")]
    [InlineData("jsonl")]
    [InlineData("csv")]
    [InlineData("pbm")]
    public async Task No_control_character_of_a_value_reaches_a_terminal(string format)
    {
        using var directory = new RuntimeDirectory();
        await using var node = new TestNode(directory);
        PbmHost terminal = PbmRun.Host(directory) with { OutIsTerminal = true, ColourPermitted = false };
        PbmRun run = await PbmRun.WithAsync(terminal, "market", "book", "x", "-o", format);
        Assert.Equal(0, run.Code);
        Assert.DoesNotContain('\u001b', run.Out);
        Assert.DoesNotContain('\u202e', run.Out);
        Assert.Contains("\\u001b[31mred", run.Out, System.StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Numbers_in_a_table_stand_right_and_carry_their_units()
    {
        using var directory = new RuntimeDirectory();
        await using var node = new TestNode(directory);
        PbmRun run = await PbmRun.WithAsync(directory, "market", "book", "b", "-d", "12", "--asks");
        Assert.Equal(
            """
            BOOK   DEPTH   ASKS-ONLY      SIZE    AGE   NOTE
            b         12   yes         1.5 MiB   1m1s   a "quoted", \u001b[31mred\u000a note\u202e

            """,
            run.Out);
    }

    [Fact]
    public async Task Without_lines_from_the_node_the_pipe_format_joins_the_cells()
    {
        using var directory = new RuntimeDirectory();
        await using var node = new TestNode(directory);
        PbmRun run = await PbmRun.WithAsync(directory, "actor", "hierarchy", "-d", "4", "-s", "/user", "-o", "pbm");
        Assert.Equal("/user | 4\n", run.Out);
    }

    [Fact]
    public async Task Only_a_terminal_that_permits_it_gets_a_bold_header()
    {
        using var directory = new RuntimeDirectory();
        await using var node = new TestNode(directory);
        PbmHost terminal = PbmRun.Host(directory) with { OutIsTerminal = true, ColourPermitted = true };
        string[] words = ["actor", "hierarchy"];
        Assert.StartsWith("\u001b[1mPATH", (await PbmRun.WithAsync(terminal, words)).Out);
        Assert.StartsWith("PATH", (await PbmRun.WithAsync(terminal, [.. words, "--no-color"])).Out);
        Assert.StartsWith("PATH", (await PbmRun.WithAsync(terminal with { ColourPermitted = false }, words)).Out);
        Assert.StartsWith("PATH", (await PbmRun.WithAsync(terminal with { OutIsTerminal = false }, words)).Out);
    }

    [Fact]
    public async Task System_info_names_this_process()
    {
        using var directory = new RuntimeDirectory();
        await using var node = new TestNode(directory);
        PbmRun run = await PbmRun.WithAsync(directory, "system", "info", "-o", "jsonl");
        Assert.Equal(0, run.Code);
        Assert.Contains($"\"pid\":{System.Environment.ProcessId},", run.Out);
        Assert.Contains(".NET", run.Out);
    }

    [Fact]
    public async Task Help_lists_the_nodes_commands_and_the_clients_own()
    {
        using var directory = new RuntimeDirectory();
        await using var node = new TestNode(directory);
        PbmRun all = await PbmRun.WithAsync(directory, "help");
        Assert.Contains("market book", all.Out);
        Assert.Contains("cluster wait", all.Out);
        PbmRun one = await PbmRun.WithAsync(directory, "market", "book", "--help");
        Assert.Equal(
            """
            market book: the resting orders of one book

            usage: pbm market book BOOK [-d|--depth NUMBER] [--asks]
              book            the book's id
              depth           levels (default 2)
              asks            asks only

            """,
            one.Out);
        PbmRun own = await PbmRun.WithAsync(directory, "--help");
        Assert.Contains("examples:", own.Out);
        Assert.Equal((0, 0, 0), (all.Code, one.Code, own.Code));
    }

    [Fact]
    public async Task A_reader_who_leaves_early_is_no_error()
    {
        using var directory = new RuntimeDirectory();
        await using var node = new TestNode(directory);
        var error = new StringWriter();
        var app = new PbmApp(PbmRun.Host(directory) with { Out = new ClosedPipe(), Error = error });
        Assert.Equal(0, await app.RunAsync(["cluster", "show"], System.Threading.CancellationToken.None));
        Assert.Equal("", error.ToString());
    }

    private sealed class ClosedPipe : StringWriter
    {
        public override void Write(string? value) => throw new IOException("broken pipe");
    }
}
