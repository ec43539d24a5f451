using System;
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using EnergyNode.Actors.Ports;
using EnergyNode.Ledger;

namespace EnergyNode.Node.Network;

/// <summary>
/// The first frame of each side: who it is, signed together with the certificates of this very TLS session.
/// Bytes: docs/spec/network.md, "Hello".
/// </summary>
internal sealed record Hello(
    string ChainId,
    PeerRole Role,
    PublicKey Key,
    Hash32 OwnCertificate,
    Hash32 PeerCertificate,
    string ListenAddress)
{
    public const ushort Version = 1;

    private const int VersionBytes = 2;
    private const int LengthBytes = 4;

    private static ReadOnlySpan<byte> Domain => "energynode/hello/1"u8;

    /// <summary>The payload of the hello frame.</summary>
    public byte[] Sign(ISigner signer)
    {
        int signed = VersionBytes + LengthBytes + ChainId.Length + 1 + PublicKey.Size + (2 * Hash32.Size)
            + LengthBytes + ListenAddress.Length;
        byte[] bytes = new byte[signed + Signature.Size];
        Span<byte> rest = bytes;
        BinaryPrimitives.WriteUInt16LittleEndian(rest, Version);
        rest = WriteText(rest[VersionBytes..], ChainId);
        rest[0] = (byte)Role;
        Key.CopyTo(rest[1..]);
        rest = rest[(1 + PublicKey.Size)..];
        OwnCertificate.CopyTo(rest);
        PeerCertificate.CopyTo(rest[Hash32.Size..]);
        rest = WriteText(rest[(2 * Hash32.Size)..], ListenAddress);
        signer.Sign(SignedBytes(bytes.AsSpan(0, signed))).CopyTo(rest);
        return bytes;
    }

    /// <summary>Checks the signature over the exact bytes received.</summary>
    public static bool IsSigned(ReadOnlySpan<byte> payload, PublicKey key, ISignatureVerifier verifier)
    {
        int signed = payload.Length - Signature.Size;
        return verifier.Verify(key, SignedBytes(payload[..signed]), new Signature(payload[signed..]));
    }

    /// <summary>Reads a payload without judging it, save for its form and version.</summary>
    /// <returns>Null, or MalformedHello or WrongVersion.</returns>
    public static RefusalReason? Decode(ReadOnlySpan<byte> payload, out Hello? hello)
    {
        hello = null;
        if (payload.Length < VersionBytes)
        {
            return RefusalReason.MalformedHello;
        }

        if (BinaryPrimitives.ReadUInt16LittleEndian(payload) != Version)
        {
            return RefusalReason.WrongVersion;
        }

        ReadOnlySpan<byte> rest = payload[VersionBytes..];
        if (!TryReadText(ref rest, NetworkLimits.MaxChainIdBytes, out string? chainId)
            || rest.Length < 1 + PublicKey.Size + (2 * Hash32.Size)
            || rest[0] > (byte)PeerRole.Client)
        {
            return RefusalReason.MalformedHello;
        }

        PeerRole role = (PeerRole)rest[0];
        PublicKey key = new(rest.Slice(1, PublicKey.Size));
        rest = rest[(1 + PublicKey.Size)..];
        Hash32 own = new(rest[..Hash32.Size]);
        Hash32 peer = new(rest.Slice(Hash32.Size, Hash32.Size));
        rest = rest[(2 * Hash32.Size)..];
        if (!TryReadText(ref rest, NetworkLimits.MaxAddressBytes, out string? address)
            || rest.Length != Signature.Size)
        {
            return RefusalReason.MalformedHello;
        }

        hello = new Hello(chainId, role, key, own, peer, address);
        return null;
    }

    private static byte[] SignedBytes(ReadOnlySpan<byte> body)
    {
        byte[] message = new byte[Domain.Length + body.Length];
        Domain.CopyTo(message);
        body.CopyTo(message.AsSpan(Domain.Length));
        return message;
    }

    private static Span<byte> WriteText(Span<byte> destination, string text)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(destination, (uint)text.Length);
        Encoding.ASCII.GetBytes(text, destination[LengthBytes..]);
        return destination[(LengthBytes + text.Length)..];
    }

    private static bool TryReadText(ref ReadOnlySpan<byte> rest, int maxBytes, [NotNullWhen(true)] out string? text)
    {
        text = null;
        if (rest.Length < LengthBytes)
        {
            return false;
        }

        uint length = BinaryPrimitives.ReadUInt32LittleEndian(rest);
        if (length > (uint)maxBytes || length > (uint)(rest.Length - LengthBytes))
        {
            return false;
        }

        ReadOnlySpan<byte> bytes = rest.Slice(LengthBytes, (int)length);
        rest = rest[(LengthBytes + (int)length)..];
        text = Encoding.ASCII.GetString(bytes);
        return Ascii.IsPrintable(bytes);
    }
}
