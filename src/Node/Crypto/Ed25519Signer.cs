using System;
using System.Security.Cryptography;
using EnergyNode.Ledger;

namespace EnergyNode.Node.Crypto;

/// <summary>
/// Signs with one Ed25519 key. Signing is thread safe. The private key lies in pinned memory, so that the garbage
/// collector leaves no copies of it, and is wiped by <see cref="Dispose"/>.
/// </summary>
public sealed class Ed25519Signer : ISigner, IDisposable
{
    public const int SeedSize = Sodium.SeedSize;

    private readonly byte[] _secretKey = GC.AllocateArray<byte>(Sodium.SecretKeySize, pinned: true);
    private volatile bool _disposed;

    /// <param name="seed">The private key of RFC 8032 §5.1.5: exactly 32 bytes.</param>
    /// <exception cref="MissingLibraryException">libsodium is not installed.</exception>
    public Ed25519Signer(ReadOnlySpan<byte> seed)
    {
        if (seed.Length != SeedSize)
        {
            throw new ArgumentException("A seed has 32 bytes.", nameof(seed));
        }

        Sodium.Initialize();
        Span<byte> publicKey = stackalloc byte[PublicKey.Size];
        Sodium.KeyPairFromSeed(seed, publicKey, _secretKey);
        PublicKey = new PublicKey(publicKey);
    }

    public PublicKey PublicKey { get; }

    public Signature Sign(ReadOnlySpan<byte> message)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        Span<byte> signature = stackalloc byte[Signature.Size];
        Sodium.Sign(signature, message, _secretKey);
        return new Signature(signature);
    }

    public void Dispose()
    {
        _disposed = true;
        CryptographicOperations.ZeroMemory(_secretKey);
    }
}
