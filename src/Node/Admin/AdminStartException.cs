using System;

namespace EnergyNode.Node.Admin;

/// <summary>The admin port cannot be opened. The message is one line and says what to do.</summary>
public sealed class AdminStartException(string message, Exception? inner = null) : Exception(message, inner);
