using System;
using System.Numerics;
using System.Security.Cryptography;

namespace EnergyNode.Ledger.Tests;

/// <summary>
/// Ed25519 as RFC 8032 §5.1 describes it, in big integers: slow, and independent of the library that the node uses. The
/// secret is the SHA-256 of a name.
/// </summary>
internal sealed class ReferenceEd25519 : ISigner
{
    private static readonly BigInteger P = BigInteger.Pow(2, 255) - 19;
    private static readonly BigInteger Order =
        BigInteger.Pow(2, 252) + BigInteger.Parse("27742317777372353535851937790883648493");
    private static readonly BigInteger D = Mod(-121_665 * Inverse(121_666));
    private static readonly Point Base = Recover(Mod(4 * Inverse(5)));

    private readonly BigInteger _scalar;
    private readonly byte[] _prefix;

    public ReferenceEd25519(string name)
        : this(SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(name)))
    {
    }

    public ReferenceEd25519(byte[] seed)
    {
        byte[] hash = SHA512.HashData(seed);
        hash[0] &= 248;
        hash[31] = (byte)((hash[31] & 127) | 64);
        _scalar = Little(hash.AsSpan(0, 32));
        _prefix = hash[32..];
        PublicKey = new PublicKey(Encode(Multiply(Base, _scalar)));
    }

    public PublicKey PublicKey { get; }

    public Signature Sign(ReadOnlySpan<byte> message)
    {
        BigInteger r = Little(SHA512.HashData([.. _prefix, .. message])) % Order;
        byte[] point = Encode(Multiply(Base, r));
        BigInteger k = Little(SHA512.HashData([.. point, .. PublicKey.ToArray(), .. message])) % Order;
        byte[] s = new byte[32];
        ((r + (k * _scalar)) % Order).TryWriteBytes(s, out _, isUnsigned: true);
        return new Signature([.. point, .. s]);
    }

    private static BigInteger Mod(BigInteger value) => ((value % P) + P) % P;

    private static BigInteger Inverse(BigInteger value) => BigInteger.ModPow(Mod(value), P - 2, P);

    private static BigInteger Little(ReadOnlySpan<byte> bytes) => new(bytes, isUnsigned: true);

    private static Point Recover(BigInteger y)
    {
        BigInteger square = Mod(((y * y) - 1) * Inverse((D * y * y) + 1));
        BigInteger x = BigInteger.ModPow(square, (P + 3) / 8, P);
        if (Mod((x * x) - square) != 0)
        {
            x = Mod(x * BigInteger.ModPow(2, (P - 1) / 4, P));
        }

        return new Point(x.IsEven ? x : P - x, y);
    }

    private static Point Add(Point a, Point b)
    {
        BigInteger cross = Mod(D * a.X * b.X * a.Y * b.Y);
        return new Point(
            Mod(((a.X * b.Y) + (b.X * a.Y)) * Inverse(1 + cross)),
            Mod(((a.Y * b.Y) + (a.X * b.X)) * Inverse(1 - cross)));
    }

    private static Point Multiply(Point point, BigInteger factor)
    {
        Point sum = new(0, 1);
        for (; factor > 0; factor >>= 1)
        {
            sum = factor.IsEven ? sum : Add(sum, point);
            point = Add(point, point);
        }

        return sum;
    }

    private static byte[] Encode(Point point)
    {
        byte[] bytes = new byte[32];
        point.Y.TryWriteBytes(bytes, out _, isUnsigned: true);
        bytes[31] |= (byte)(point.X.IsEven ? 0 : 0x80);
        return bytes;
    }

    private readonly record struct Point(BigInteger X, BigInteger Y);
}
