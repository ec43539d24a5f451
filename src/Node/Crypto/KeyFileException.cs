using System;

namespace EnergyNode.Node.Crypto;

/// <summary>
/// A key or certificate file cannot be used. The message is one line: the file, what is wrong, what to do.
/// </summary>
public sealed class KeyFileException : Exception
{
    public KeyFileException(string file, string what, string remedy, Exception? inner = null)
        : base($"{file}: {what}; {remedy}", inner) => File = file;

    public string File { get; }
}
