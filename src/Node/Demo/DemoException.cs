using System;

namespace EnergyNode.Node.Demo;

/// <summary>The demo cannot go on. The message is for people, one line for each thing that is wrong.</summary>
public sealed class DemoException(string message, bool isUsage, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Whether what was asked for, or a file that was named, is at fault: exit code 2 instead of 1.</summary>
    public bool IsUsage { get; } = isUsage;
}
