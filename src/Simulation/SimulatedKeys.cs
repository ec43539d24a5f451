using System;
using System.Collections.Generic;
using System.Text;
using EnergyNode.Ledger;

namespace EnergyNode.Simulation;

/// <summary>
/// Keys and signatures that cost nanoseconds: a signature is a keyed fingerprint, and only this registry knows the
/// secrets. Whoever is given one signer can sign with that key alone, as in reality.
/// </summary>
internal sealed class SimulatedKeys : ISignatureVerifier
{
    private readonly Dictionary<PublicKey, ulong> _secrets = [];

    /// <summary>The signer of a name; the same name always has the same key.</summary>
    public ISigner Signer(string name)
    {
        byte[] text = Encoding.ASCII.GetBytes(name);
        ulong secret = Fingerprint.Of(text, 0x5EC4E7);
        byte[] bytes = new byte[PublicKey.Size];
        for (int i = 0; i < PublicKey.Size; i += sizeof(ulong))
        {
            BitConverter.TryWriteBytes(bytes.AsSpan(i), Fingerprint.Of(text, (ulong)i));
        }

        PublicKey key = new(bytes);
        _secrets[key] = secret;
        return new KeyedSigner(key, secret);
    }

    public bool Verify(PublicKey key, ReadOnlySpan<byte> message, Signature signature) =>
        _secrets.TryGetValue(key, out ulong secret) && Compute(secret, message) == signature;

    private static Signature Compute(ulong secret, ReadOnlySpan<byte> message)
    {
        Span<byte> bytes = stackalloc byte[Signature.Size];
        bytes.Clear();
        BitConverter.TryWriteBytes(bytes, Fingerprint.Of(message, secret));
        BitConverter.TryWriteBytes(bytes[sizeof(ulong)..], Fingerprint.Of(message, ~secret));
        return new Signature(bytes);
    }

    private sealed class KeyedSigner(PublicKey key, ulong secret) : ISigner
    {
        public PublicKey PublicKey => key;

        public Signature Sign(ReadOnlySpan<byte> message) => Compute(secret, message);
    }
}
