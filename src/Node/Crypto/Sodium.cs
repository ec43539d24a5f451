using System;
using System.Collections.Generic;
using System.Reflection;
using System.Runtime.InteropServices;

namespace EnergyNode.Node.Crypto;

/// <summary>
/// The few functions of libsodium that the node calls. Everything here is thread safe and allocates nothing.
/// Call <see cref="Initialize"/> before anything else; repeating it costs next to nothing.
/// </summary>
internal static partial class Sodium
{
    public const int SeedSize = 32;
    public const int PublicKeySize = 32;
    public const int SecretKeySize = 64;
    public const int SignatureSize = 64;

    private const string Library = "libsodium";

    private static readonly string[] FileNames = ["libsodium.so.23", "libsodium.so", "libsodium"];

    static Sodium() => NativeLibrary.SetDllImportResolver(typeof(Sodium).Assembly, Resolve);

    /// <exception cref="MissingLibraryException">libsodium is not installed, or does not start.</exception>
    public static void Initialize()
    {
        Load(FileNames);
        if (sodium_init() < 0)
        {
            throw new MissingLibraryException(
                "The library libsodium is installed but could not start: it found no source of random numbers.");
        }
    }

    /// <summary>Loads the first library that is there.</summary>
    /// <exception cref="MissingLibraryException">None of them is.</exception>
    internal static nint Load(IReadOnlyList<string> fileNames)
    {
        foreach (string fileName in fileNames)
        {
            if (NativeLibrary.TryLoad(fileName, out nint handle))
            {
                return handle;
            }
        }

        throw new MissingLibraryException(
            $"The library {fileNames[0]} is missing: on Debian and Ubuntu it is in the package libsodium23 "
            + "(apt-get install libsodium23).");
    }

    public static unsafe void KeyPairFromSeed(
        ReadOnlySpan<byte> seed, Span<byte> publicKey, Span<byte> secretKey)
    {
        Require(seed.Length == SeedSize && publicKey.Length == PublicKeySize && secretKey.Length == SecretKeySize);
        fixed (byte* publicKeyBytes = publicKey)
        fixed (byte* secretKeyBytes = secretKey)
        fixed (byte* seedBytes = seed)
        {
            Require(crypto_sign_ed25519_seed_keypair(publicKeyBytes, secretKeyBytes, seedBytes) == 0);
        }
    }

    public static unsafe void Sign(Span<byte> signature, ReadOnlySpan<byte> message, ReadOnlySpan<byte> secretKey)
    {
        Require(signature.Length == SignatureSize && secretKey.Length == SecretKeySize);
        fixed (byte* signatureBytes = signature)
        fixed (byte* messageBytes = message)
        fixed (byte* secretKeyBytes = secretKey)
        {
            Require(crypto_sign_ed25519_detached(
                signatureBytes, null, messageBytes, (ulong)message.Length, secretKeyBytes) == 0);
        }
    }

    public static unsafe bool Verify(
        ReadOnlySpan<byte> signature, ReadOnlySpan<byte> message, ReadOnlySpan<byte> publicKey)
    {
        Require(signature.Length == SignatureSize && publicKey.Length == PublicKeySize);
        fixed (byte* signatureBytes = signature)
        fixed (byte* messageBytes = message)
        fixed (byte* publicKeyBytes = publicKey)
        {
            return crypto_sign_ed25519_verify_detached(
                signatureBytes, messageBytes, (ulong)message.Length, publicKeyBytes) == 0;
        }
    }

    private static nint Resolve(string libraryName, Assembly assembly, DllImportSearchPath? searchPath) =>
        libraryName == Library ? Load(FileNames) : 0;

    private static void Require(bool condition)
    {
        if (!condition)
        {
            throw new InvalidOperationException("libsodium was called with a buffer of the wrong size, or refused it.");
        }
    }

    [LibraryImport(Library)]
    private static partial int sodium_init();

    [LibraryImport(Library)]
    private static unsafe partial int crypto_sign_ed25519_seed_keypair(byte* publicKey, byte* secretKey, byte* seed);

    [LibraryImport(Library)]
    private static unsafe partial int crypto_sign_ed25519_detached(
        byte* signature, ulong* signatureLength, byte* message, ulong messageLength, byte* secretKey);

    [LibraryImport(Library)]
    private static unsafe partial int crypto_sign_ed25519_verify_detached(
        byte* signature, byte* message, ulong messageLength, byte* publicKey);
}
