using System;
using System.CommandLine;
using System.IO;
using EnergyNode.Node.BookReplay;

namespace EnergyNode.Node.Cli;

/// <summary><c>energynode book replay</c>: one book on a file of operations.</summary>
internal static class BookReplayCommand
{
    private const string StandardStream = "-";
    private const int BufferBytes = 64 * 1024;

    public static Command Build()
    {
        Option<string> input = new("--in")
        {
            Description = "operations, one JSON object per line; - for standard input",
            Required = true,
        };
        Option<string> output = new("--out")
        {
            Description = "answers, one line for each; is overwritten; - for standard output",
            Required = true,
        };
        Command replay = new(
            "replay",
            "Runs one order book on operations and writes what each of them does.\n\n"
            + "Example: energynode book replay --in operations.jsonl --out answers.jsonl")
        {
            input, output,
        };
        replay.SetAction(parsed => Run(parsed.GetValue(input)!, parsed.GetValue(output)!));
        return new Command("book", "Works with an order book outside of a node.") { replay };
    }

    /// <exception cref="CommandFailedException">A file cannot be opened or the input not read.</exception>
    internal static int Run(string inputFile, string outputFile)
    {
        if (inputFile != StandardStream && outputFile != StandardStream
            && Path.GetFullPath(inputFile) == Path.GetFullPath(outputFile))
        {
            throw new CommandFailedException(
                ExitCodes.Usage, $"--out {outputFile} is the file of --in; name another one");
        }

        using Stream input = Open(inputFile, FileMode.Open);
        using Stream output = Open(outputFile, FileMode.Create);
        new BookReplayer().Run(input, output);
        return ExitCodes.Ok;
    }

    private static Stream Open(string file, FileMode mode)
    {
        bool reads = mode == FileMode.Open;
        if (file == StandardStream)
        {
            return reads ? Console.OpenStandardInput() : Console.OpenStandardOutput();
        }

        try
        {
            return new FileStream(
                file, mode, reads ? FileAccess.Read : FileAccess.Write, FileShare.Read, BufferBytes);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            string how = reads
                ? "--in cannot be read; name a file of operations"
                : "--out cannot be written; name another file";
            throw new CommandFailedException(
                ExitCodes.Usage, $"{file}: {how} ({error.Message.ReplaceLineEndings(" ")})");
        }
    }
}
