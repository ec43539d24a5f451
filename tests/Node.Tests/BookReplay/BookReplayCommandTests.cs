using System;
using System.CommandLine;
using System.IO;
using EnergyNode.Node.Cli;
using EnergyNode.Node.Tests.Crypto;
using Xunit;

namespace EnergyNode.Node.Tests.BookReplay;

public sealed class BookReplayCommandTests
{
    [Fact]
    public void The_command_reads_a_file_and_writes_a_file()
    {
        using TemporaryDirectory folder = new();
        string input = Path.Combine(folder.Path, "in.jsonl");
        string output = Path.Combine(folder.Path, "out.jsonl");
        const string add = """{"op":"add","id":1,"side":"buy","price":5,"qty":1}""";
        File.WriteAllText(input, add + "\n{\"op\":\"book\"}\n");
        File.WriteAllText(output, new string('x', 500));

        ParseResult parsed = CommandLine.Build().Parse(["book", "replay", "--in", input, "--out", output]);
        Assert.Empty(parsed.Errors);
        InvocationConfiguration invocation = new() { EnableDefaultExceptionHandler = false };
        Assert.Equal(ExitCodes.Ok, parsed.Invoke(invocation));
        Assert.Equal(
            "{\"result\":\"ok\",\"reason\":null,\"events\":[]}\n{\"bids\":[[1,5,1]],\"asks\":[]}\n",
            File.ReadAllText(output));
    }

    [Fact]
    public void A_file_that_cannot_be_read_or_written_is_a_wrong_use_in_one_line()
    {
        using TemporaryDirectory folder = new();
        string input = Path.Combine(folder.Path, "in.jsonl");
        File.WriteAllText(input, "{\"op\":\"book\"}\n");
        string fresh = Path.Combine(folder.Path, "out.jsonl");

        Fails(Path.Combine(folder.Path, "absent"), fresh);
        Fails(folder.Path, fresh);
        Fails(input, Path.Combine(folder.Path, "absent", "out.jsonl"));
        Fails(input, input);
        Assert.False(File.Exists(fresh));
        Assert.Equal("{\"op\":\"book\"}\n", File.ReadAllText(input));
    }

    private static void Fails(string input, string output)
    {
        CommandFailedException failure =
            Assert.Throws<CommandFailedException>(() => BookReplayCommand.Run(input, output));
        Assert.Equal(ExitCodes.Usage, failure.ExitCode);
        Assert.DoesNotContain("\n", failure.Message, StringComparison.Ordinal);
    }
}
