using System;
using System.Security.Cryptography;
using System.Text;

namespace EnergyNode.Node.Admin;

/// <summary>The secret of one run of one node: 32 random bytes, as 64 lower-case hex digits.</summary>
public sealed class AdminToken
{
    private const int ByteCount = 32;
    private readonly byte[] ascii;

    private AdminToken(string hex)
    {
        Hex = hex;
        ascii = Encoding.ASCII.GetBytes(hex);
    }

    /// <summary>The secret itself. It belongs into the discovery file and nowhere else.</summary>
    public string Hex { get; }

    public static AdminToken Create() => new(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(ByteCount)));

    /// <summary>Takes a token that an operator chose.</summary>
    /// <exception cref="FormatException">It is not 64 hex digits.</exception>
    public static AdminToken FromHex(string hex)
    {
        ArgumentNullException.ThrowIfNull(hex);
        byte[] bytes = Convert.FromHexString(hex);
        return bytes.Length == ByteCount
            ? new AdminToken(Convert.ToHexStringLower(bytes))
            : throw new FormatException($"an admin token is {ByteCount} bytes in hex; this one has {bytes.Length}");
    }

    /// <summary>Compares in a time that does not depend on where the two differ.</summary>
    public bool Matches(string presented) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(presented), ascii);

    /// <summary>Never the secret, so that a log line cannot leak it.</summary>
    public override string ToString() => "AdminToken(…)";
}
