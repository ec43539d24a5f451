using System;

namespace EnergyNode.Node.Network;

/// <summary>The peer sent bytes that this protocol does not allow; the link is closed with this message.</summary>
internal sealed class LinkViolationException(string message) : Exception(message);
