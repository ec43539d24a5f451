using System;
using System.IO;
using System.Security.Cryptography;
using System.Text;
using EnergyNode.Ledger;

namespace EnergyNode.Node.Crypto;

/// <summary>
/// An Ed25519 private key on disk: three lines of ASCII, mode 0600. The header <c>energynode-ed25519-seed-v1</c>,
/// the seed in 64 lower-case hexadecimal digits, and the SHA-256 of the two lines before it (line feeds included),
/// so that a damaged file is found and does not turn into another, wrong key.
/// </summary>
public static class KeyFile
{
    private const string Header = "energynode-ed25519-seed-v1";
    private const int SeedDigits = Ed25519Signer.SeedSize * 2;
    private const int ChecksumDigits = 64;
    private static readonly int FileSize = Header.Length + 1 + SeedDigits + 1 + ChecksumDigits + 1;

    /// <summary>Makes a new key and writes it to a file that must not exist yet.</summary>
    /// <exception cref="KeyFileException">The file exists, or cannot be written.</exception>
    public static PublicKey Create(string path)
    {
        byte[] seed = GC.AllocateArray<byte>(Ed25519Signer.SeedSize, pinned: true);
        RandomNumberGenerator.Fill(seed);
        try
        {
            return Create(path, seed);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(seed);
        }
    }

    /// <summary>Writes a given key to a file that must not exist yet.</summary>
    /// <exception cref="KeyFileException">The file exists, or cannot be written.</exception>
    public static PublicKey Create(string path, ReadOnlySpan<byte> seed)
    {
        using Ed25519Signer signer = new(seed);
        try
        {
            SecureFile.Create(path, Render(seed), SecureFile.OwnerOnly);
        }
        catch (IOException error) when (File.Exists(path))
        {
            throw new KeyFileException(
                path, "there is a key already and it is not overwritten", "move it away or choose another name", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new KeyFileException(
                path, $"cannot be written ({error.Message})", "check that the directory exists and is yours", error);
        }

        return signer.PublicKey;
    }

    /// <exception cref="KeyFileException">The file is missing, damaged, or can be read by others.</exception>
    public static Ed25519Signer Load(string path)
    {
        byte[] content = ReadPrivate(path, FileSize + 1, "create one with `energynode init`");
        byte[] seed = GC.AllocateArray<byte>(Ed25519Signer.SeedSize, pinned: true);
        try
        {
            return TryParse(content, seed) ? new Ed25519Signer(seed) : throw Damaged(path, content);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(seed);
            CryptographicOperations.ZeroMemory(content);
        }
    }

    /// <summary>Reads at most <paramref name="maxBytes"/> of a file that nobody but its owner may touch.</summary>
    internal static byte[] ReadPrivate(string path, int maxBytes, string remedyWhenMissing)
    {
        try
        {
            if (File.Exists(path) && SecureFile.IsOpenToOthers(path))
            {
                throw new KeyFileException(path, "others can read this private key", $"run: chmod 600 {path}");
            }

            using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
            byte[] content = new byte[(int)Math.Min(stream.Length, maxBytes)];
            stream.ReadExactly(content);
            return content;
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new KeyFileException(path, "there is no such file", remedyWhenMissing, error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new KeyFileException(
                path, $"cannot be read ({error.Message})", "check its owner and that it is a file", error);
        }
    }

    private static bool TryParse(ReadOnlySpan<byte> content, Span<byte> seed)
    {
        if (content.Length != FileSize)
        {
            return false;
        }

        ReadOnlySpan<byte> digits = content.Slice(Header.Length + 1, SeedDigits);
        return Convert.FromHexString(digits, seed, out _, out _) == System.Buffers.OperationStatus.Done
            && content.SequenceEqual(Render(seed));
    }

    private static byte[] Render(ReadOnlySpan<byte> seed)
    {
        string lines = $"{Header}\n{Convert.ToHexStringLower(seed)}\n";
        string checksum = Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(lines)));
        return Encoding.ASCII.GetBytes($"{lines}{checksum}\n");
    }

    private static KeyFileException Damaged(string path, ReadOnlySpan<byte> content)
    {
        string what = content.StartsWith(Encoding.ASCII.GetBytes(Header))
            ? "the key is damaged: its checksum does not match"
            : $"this is not a key file: it does not begin with {Header}";
        return new KeyFileException(path, what, "restore it from a backup");
    }
}
