using System;
using System.Formats.Asn1;
using System.Security.Cryptography;

namespace EnergyNode.Node.Readings;

/// <summary>A meter's public key: a point of a curve.</summary>
/// <param name="Curve">Its curve.</param>
/// <param name="Point">Not yet checked to be on the curve.</param>
internal sealed record OcmfPublicKey(OcmfCurve Curve, ECPoint Point)
{
    private const string EcPublicKey = "1.2.840.10045.2.1";
    private const byte Uncompressed = 4;

    /// <summary>Reads a SubjectPublicKeyInfo (RFC 5480) or a bare point.</summary>
    /// <param name="text">In hexadecimal digits, or base64.</param>
    /// <param name="encoding">What the container says about it.</param>
    /// <param name="stated">The curve of the signature, for a bare point.</param>
    /// <exception cref="OcmfException">It is none.</exception>
    public static OcmfPublicKey Parse(string text, string? encoding, OcmfCurve stated)
    {
        byte[] bytes = encoding switch
        {
            "hex" => OcmfText.FromHex(text),
            "base64" => OcmfText.FromBase64(text),
            null or "" or "plain" => OcmfText.FromHex(text) ?? OcmfText.FromBase64(text),
            _ => throw new OcmfException($"the public key's encoding {XmlCursor.Shown(encoding)} is not known"),
        } ?? throw new OcmfException("the public key is neither hexadecimal nor base64");
        if (bytes[0] != 0x30)
        {
            return new OcmfPublicKey(stated, ReadPoint(bytes, stated));
        }

        try
        {
            return ReadInfo(bytes);
        }
        catch (AsnContentException)
        {
            throw new OcmfException("the public key is no SubjectPublicKeyInfo in DER");
        }
    }

    private static OcmfPublicKey ReadInfo(byte[] bytes)
    {
        AsnReader outer = new(bytes, AsnEncodingRules.DER);
        AsnReader info = outer.ReadSequence();
        outer.ThrowIfNotEmpty();
        AsnReader algorithm = info.ReadSequence();
        string kind = algorithm.ReadObjectIdentifier();
        if (kind != EcPublicKey)
        {
            throw new OcmfException($"the public key is of kind {kind}, not of an elliptic curve");
        }

        if (algorithm.PeekTag() != Asn1Tag.ObjectIdentifier)
        {
            throw new OcmfException("the public key describes its curve by numbers, only named curves are taken");
        }

        string oid = algorithm.ReadObjectIdentifier();
        algorithm.ThrowIfNotEmpty();
        byte[] point = info.ReadBitString(out int unused);
        info.ThrowIfNotEmpty();
        OcmfCurve curve = OcmfCurve.OfOid(oid) ?? throw new OcmfException($"the key's curve {oid} is not taken");
        return unused == 0
            ? new OcmfPublicKey(curve, ReadPoint(point, curve))
            : throw new OcmfException("the public key is no whole number of bytes");
    }

    private static ECPoint ReadPoint(ReadOnlySpan<byte> point, OcmfCurve curve)
    {
        if (point.Length == 1 + curve.Bytes && point[0] is 2 or 3)
        {
            throw new OcmfException("the public key is compressed, give the uncompressed point");
        }

        return point.Length == 1 + (2 * curve.Bytes) && point[0] == Uncompressed
            ? new ECPoint { X = point[1..(1 + curve.Bytes)].ToArray(), Y = point[(1 + curve.Bytes)..].ToArray() }
            : throw new OcmfException($"the public key is no uncompressed point of {curve.Name}");
    }
}
