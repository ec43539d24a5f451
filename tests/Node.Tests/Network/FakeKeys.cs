using System;
using System.Security.Cryptography;
using EnergyNode.Ledger;

namespace EnergyNode.Node.Tests.Network;

/// <summary>Signatures that cost nothing and that only hold for their own key and message.</summary>
internal sealed class FakeSigner(byte number) : ISigner
{
    public PublicKey PublicKey { get; } = KeyOf(number);

    /// <summary>Keys are ordered as their numbers are.</summary>
    public static PublicKey KeyOf(byte number)
    {
        byte[] bytes = new byte[PublicKey.Size];
        bytes.AsSpan().Fill(number);
        return new PublicKey(bytes);
    }

    public Signature Sign(ReadOnlySpan<byte> message) => Of(PublicKey, message);

    internal static Signature Of(PublicKey key, ReadOnlySpan<byte> message) =>
        new(HMACSHA512.HashData(key.ToArray(), message));
}

internal sealed class FakeVerifier : ISignatureVerifier
{
    public bool Verify(PublicKey key, ReadOnlySpan<byte> message, Signature signature) =>
        FakeSigner.Of(key, message) == signature;
}
