using System;

namespace EnergyNode.Node.Gateway;

/// <summary>The gateway cannot do its work. The message is one line for people.</summary>
public sealed class GatewayException(string message, Exception? inner = null) : Exception(message, inner);
