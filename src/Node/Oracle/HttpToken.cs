using System;
using System.IO;
using System.Security.Cryptography;
using System.Text;
using EnergyNode.Node.Cli;
using EnergyNode.Node.Crypto;

namespace EnergyNode.Node.Oracle;

/// <summary>The secret that requests show, 64 lower-case hex digits in a private file.</summary>
internal sealed class HttpToken
{
    private const int ByteCount = 32;
    private readonly byte[] _header;

    private HttpToken(string hex)
    {
        _header = Encoding.ASCII.GetBytes("Bearer " + hex);
    }

    /// <summary>Reads the file; makes it first when it does not exist.</summary>
    /// <exception cref="CommandFailedException">It can be read by others, or holds something else.</exception>
    public static HttpToken LoadOrCreate(string file)
    {
        if (Directory.Exists(file))
        {
            throw new CommandFailedException(
                ExitCodes.Usage, $"{file}: is a directory; name a file, which is made when there is none");
        }

        if (!File.Exists(file))
        {
            string made = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(ByteCount));
            SecureFile.Create(file, Encoding.ASCII.GetBytes(made + "\n"), SecureFile.OwnerOnly);
        }

        if (SecureFile.IsOpenToOthers(file))
        {
            throw new CommandFailedException(
                ExitCodes.Usage, $"{file}: others can read the token, chmod 600 it and change it");
        }

        string hex = File.ReadAllText(file).Trim();
        if (hex.Length != 2 * ByteCount || !System.Linq.Enumerable.All(hex, char.IsAsciiHexDigitLower))
        {
            throw new CommandFailedException(
                ExitCodes.Usage,
                $"{file}: a token is {2 * ByteCount} lower-case hex digits, remove the file to have one made");
        }

        return new HttpToken(hex);
    }

    /// <summary>Compares in a time that does not depend on where the two differ.</summary>
    /// <param name="header">The Authorization header; null when there is none.</param>
    public bool Matches(string? header) =>
        header is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(header), _header);
}
