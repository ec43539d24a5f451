using System;
using System.Security.Cryptography;
using EnergyNode.Ledger;

namespace EnergyNode.Consensus.Tests.Support;

/// <summary>Signatures that are as binding as SHA-256 as long as nobody cheats: the key is public.</summary>
internal sealed class FakeSigner(PublicKey key) : ISigner
{
    public PublicKey PublicKey => key;

    public Signature Sign(ReadOnlySpan<byte> message)
    {
        byte[] preimage = new byte[1 + PublicKey.Size + message.Length];
        key.CopyTo(preimage.AsSpan(1));
        message.CopyTo(preimage.AsSpan(1 + PublicKey.Size));
        Span<byte> signature = stackalloc byte[Signature.Size];
        SHA256.HashData(preimage, signature);
        preimage[0] = 1;
        SHA256.HashData(preimage, signature[32..]);
        return new Signature(signature);
    }
}
