using System;

namespace EnergyNode.Ledger;

/// <summary>Holds one private key and signs with it. Only the shell has one: machines emit unsigned messages.</summary>
public interface ISigner
{
    PublicKey PublicKey { get; }

    Signature Sign(ReadOnlySpan<byte> message);
}
