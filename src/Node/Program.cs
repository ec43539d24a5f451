using System;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Threading.Tasks;
using EnergyNode.Node.Cli;

namespace EnergyNode.Node;

internal static class Program
{
    private const string Name = "energynode";

    private static async Task<int> Main(string[] arguments)
    {
        ParseResult parsed = CommandLine.Build().Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            ParseError first = parsed.Errors[0];
            await Console.Error.WriteLineAsync(
                    $"{Name}: {first.Message.ReplaceLineEndings(" ").TrimEnd('.')}; see '{Help(parsed)}'")
                .ConfigureAwait(false);
            return ExitCodes.Usage;
        }

        try
        {
            // Commands that run long handle signals themselves, so that they can clean up.
            InvocationConfiguration invocation = new()
            {
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            };
            return await parsed.InvokeAsync(invocation).ConfigureAwait(false);
        }
        catch (Exception error) when (FailureText.Of(error) is { } failure)
        {
            foreach (string line in failure.Message.Split('\n'))
            {
                await Console.Error.WriteLineAsync($"{Name}: {line}").ConfigureAwait(false);
            }

            return failure.ExitCode;
        }
    }

    private static string Help(ParseResult parsed)
    {
        string path = "";
        for (SymbolResult? at = parsed.CommandResult; at is CommandResult command; at = at.Parent)
        {
            path = command.Command is RootCommand ? path : " " + command.Command.Name + path;
        }

        return $"{Name}{path} --help";
    }
}
