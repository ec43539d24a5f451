using System;
using EnergyNode.Ledger;

namespace EnergyNode.Node.Crypto;

/// <summary>
/// Ed25519 (RFC 8032) as libsodium accepts it: canonical S, and no public key or R of small order. Thread safe;
/// allocates nothing per verification.
/// </summary>
public sealed class Ed25519Verifier : ISignatureVerifier
{
    /// <exception cref="MissingLibraryException">libsodium is not installed.</exception>
    public Ed25519Verifier() => Sodium.Initialize();

    public bool Verify(PublicKey key, ReadOnlySpan<byte> message, Signature signature)
    {
        Span<byte> keyBytes = stackalloc byte[PublicKey.Size];
        Span<byte> signatureBytes = stackalloc byte[Signature.Size];
        key.CopyTo(keyBytes);
        signature.CopyTo(signatureBytes);
        return Sodium.Verify(signatureBytes, message, keyBytes);
    }
}
