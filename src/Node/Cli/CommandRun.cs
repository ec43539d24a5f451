using System;
using System.CommandLine;
using System.IO;
using System.Threading.Tasks;

namespace EnergyNode.Node.Cli;

/// <summary>Runs what a command line asks for; every error is told in lines on the error output.</summary>
internal static class CommandRun
{
    private const string Name = "energynode";

    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public static async Task<int> RunAsync(string[] arguments, TextWriter errors)
    {
        ParseResult parsed = CommandLine.Build().Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            await errors.WriteLineAsync($"{Name}: {UsageText.Of(Name, parsed)}");
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
            return await parsed.InvokeAsync(invocation);
        }
        catch (Exception error) when (FailureText.Of(error) is { } failure)
        {
            foreach (string line in failure.Message.Split('\n'))
            {
                await errors.WriteLineAsync($"{Name}: {line}");
            }

            return failure.ExitCode;
        }
    }
}
