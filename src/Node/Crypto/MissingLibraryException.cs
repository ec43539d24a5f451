using System;

namespace EnergyNode.Node.Crypto;

/// <summary>A native library that the node needs is not installed. The message says which and how to get it.</summary>
public sealed class MissingLibraryException(string message, Exception? inner = null) : Exception(message, inner);
