using System;

namespace EnergyNode.Ledger;

/// <summary>Checks signatures. Real (libsodium's Ed25519) in the node, cheap and keyed in simulation.</summary>
public interface ISignatureVerifier
{
    bool Verify(PublicKey key, ReadOnlySpan<byte> message, Signature signature);
}
