using System;
using System.Security.Cryptography;
using EnergyNode.Ledger;

namespace EnergyNode.Market.Tests.Execution;

/// <summary>
/// A signature for tests: SHA-256 over public key and message, twice. Anybody could forge it; nobody does.
/// </summary>
internal sealed class KeyedSigner(string name) : ISigner, ISignatureVerifier
{
    public PublicKey PublicKey { get; } = new(SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(name)));

    public Signature Sign(ReadOnlySpan<byte> message) => Compute(PublicKey, message);

    public bool Verify(PublicKey key, ReadOnlySpan<byte> message, Signature signature) =>
        Compute(key, message) == signature;

    private static Signature Compute(PublicKey key, ReadOnlySpan<byte> message)
    {
        byte[] digest = SHA512.HashData([.. key.ToArray(), .. message]);
        return new Signature(digest);
    }
}
