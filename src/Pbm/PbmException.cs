using System;

namespace EnergyNode.Pbm;

/// <summary>The run ends here. The message is one line: what is wrong, a semicolon, what to do.</summary>
internal sealed class PbmException(int exitCode, string message, Exception? inner = null) : Exception(message, inner)
{
    public int ExitCode { get; } = exitCode;
}
