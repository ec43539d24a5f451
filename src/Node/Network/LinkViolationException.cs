using System;
using EnergyNode.Actors.Ports;

namespace EnergyNode.Node.Network;

/// <summary>The peer sent bytes that this protocol does not allow; the link is closed with this message.</summary>
/// <param name="offence">What the link is blamed for; null when nothing is the peer's fault.</param>
internal sealed class LinkViolationException(string message, LinkOffence? offence = null) : Exception(message)
{
    public LinkOffence? Offence => offence;
}
