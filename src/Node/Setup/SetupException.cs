using System;

namespace EnergyNode.Node.Setup;

/// <summary>A network or its files cannot be made or used. The message is one line: where, what, what to do.</summary>
public sealed class SetupException : Exception
{
    public SetupException(string where, string what, string remedy, Exception? inner = null)
        : base($"{where}: {what}; {remedy}", inner)
    {
    }
}
