using System;

namespace EnergyNode.Node.Cli;

/// <summary>A command cannot go on; the message is one line that says what to do.</summary>
internal sealed class CommandFailedException(int exitCode, string message) : Exception(message)
{
    public int ExitCode { get; } = exitCode;
}
