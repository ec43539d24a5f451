using System;
using EnergyNode.Ledger;

namespace EnergyNode.Node.Network;

/// <summary>A connection did not become a link. The message is one line for people.</summary>
public sealed class ConnectionRefusedException : Exception
{
    internal ConnectionRefusedException(
        RefusalReason reason, string message, PublicKey? key = null, Exception? inner = null)
        : base(message, inner)
    {
        Reason = reason;
        Key = key;
    }

    public RefusalReason Reason { get; }

    /// <summary>The other side's key, if it proved to hold it.</summary>
    public PublicKey? Key { get; }
}
