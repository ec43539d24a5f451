using System;
using System.Security.Cryptography;
using System.Text;
using EnergyNode.Ledger;

namespace EnergyNode.Actors.Tests.Node;

/// <summary>A hash of public key and message in place of a signature: quick, and enough where nobody lies.</summary>
internal sealed class KeyedSigner(string name) : ISigner, ISignatureVerifier
{
    public PublicKey PublicKey { get; } = new(SHA256.HashData(Encoding.ASCII.GetBytes(name)));

    public Signature Sign(ReadOnlySpan<byte> message) => Compute(PublicKey, message);

    public bool Verify(PublicKey key, ReadOnlySpan<byte> message, Signature signature) =>
        Compute(key, message) == signature;

    private static Signature Compute(PublicKey key, ReadOnlySpan<byte> message) =>
        new(SHA512.HashData([.. key.ToArray(), .. message]));
}
