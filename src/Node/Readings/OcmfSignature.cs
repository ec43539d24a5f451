using System;
using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Text.Json;

namespace EnergyNode.Node.Readings;

/// <summary>The signature section of a record, OCMF table 8.</summary>
/// <param name="Curve">From SA.</param>
/// <param name="Data">SD, decoded: ECDSA-Sig-Value (RFC 3279 §2.2.3) in DER.</param>
internal sealed record OcmfSignature(OcmfCurve Curve, byte[] Data)
{
    /// <exception cref="OcmfException">It is none, or of a kind that is not taken.</exception>
    public static OcmfSignature Parse(JsonElement section)
    {
        string algorithm = OcmfCurve.DefaultAlgorithm;
        string encoding = "hex";
        string form = "application/x-der";
        string? data = null;
        foreach (JsonProperty field in section.EnumerateObject())
        {
            switch (field.Name)
            {
                case "SA":
                    algorithm = TextOf(field);
                    break;
                case "SE":
                    encoding = TextOf(field);
                    break;
                case "SM":
                    form = TextOf(field);
                    break;
                case "SD":
                    data = TextOf(field);
                    break;
                default:
                    RefuseUnlessReserved(field.Name);
                    break;
            }
        }

        OcmfCurve curve = OcmfCurve.OfAlgorithm(algorithm)
            ?? throw new OcmfException($"signature algorithm {XmlCursor.Shown(algorithm)} is not taken");
        if (form != "application/x-der")
        {
            throw new OcmfException($"signature form {XmlCursor.Shown(form)} is not taken, only application/x-der is");
        }

        byte[]? bytes = encoding switch
        {
            "hex" => OcmfText.FromHex(data ?? ""),
            "base64" => OcmfText.FromBase64(data ?? ""),
            _ => throw new OcmfException($"signature encoding {XmlCursor.Shown(encoding)} is not hex or base64"),
        };
        return bytes is null
            ? throw new OcmfException(
                data is null ? "there is no signature (SD)" : $"the signature (SD) is not {encoding}")
            : new OcmfSignature(curve, bytes);
    }

    /// <summary>Checks the signature over SHA-256 of the payload.</summary>
    public SignatureVerdict Verify(ReadOnlySpan<byte> payload, OcmfPublicKey key)
    {
        if (key.Curve != Curve)
        {
            return SignatureVerdict.Refuse(
                Curve.Name, $"the signature is on {Curve.Name}, the key on {key.Curve.Name}");
        }

        if (ToFixedLength() is not { } signature)
        {
            return SignatureVerdict.Refuse(Curve.Name, "the signature is no ECDSA signature in DER");
        }

        try
        {
            using ECDsa ecdsa = ECDsa.Create(new ECParameters
            {
                Curve = ECCurve.CreateFromValue(Curve.Oid),
                Q = key.Point,
            });
            bool holds = ecdsa.VerifyData(
                payload, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
            return holds
                ? new SignatureVerdict(true, Curve.Name, null)
                : SignatureVerdict.Refuse(Curve.Name, "the signature does not fit the payload and the key");
        }
        catch (PlatformNotSupportedException)
        {
            return SignatureVerdict.Refuse(Curve.Name, $"curve {Curve.Name} is not available here");
        }
        catch (CryptographicException)
        {
            return SignatureVerdict.Refuse(Curve.Name, $"the public key is no point of {Curve.Name}");
        }
    }

    private static string TextOf(JsonProperty field) => field.Value.ValueKind == JsonValueKind.String
        ? field.Value.GetString()!
        : throw new OcmfException($"{field.Name} is not a text");

    /// <summary>Names from A to F and from U to Z are free for others; any other name is a misspelt field.</summary>
    private static void RefuseUnlessReserved(string name)
    {
        if (name.Length == 0 || name[0] is not ((>= 'A' and <= 'F') or (>= 'U' and <= 'Z')))
        {
            throw new OcmfException($"the signature section has the unknown field {XmlCursor.Shown(name)}");
        }
    }

    /// <summary>Both halves at the curve's length; null unless the DER is the one that ECDSA prescribes.</summary>
    private byte[]? ToFixedLength()
    {
        byte[] halves = new byte[2 * Curve.Bytes];
        try
        {
            AsnReader outer = new(Data, AsnEncodingRules.DER);
            AsnReader pair = outer.ReadSequence();
            outer.ThrowIfNotEmpty();
            bool fits = TryCopy(pair.ReadIntegerBytes().Span, halves.AsSpan(0, Curve.Bytes))
                && TryCopy(pair.ReadIntegerBytes().Span, halves.AsSpan(Curve.Bytes));
            pair.ThrowIfNotEmpty();
            return fits ? halves : null;
        }
        catch (AsnContentException)
        {
            return null;
        }
    }

    private static bool TryCopy(ReadOnlySpan<byte> integer, Span<byte> half)
    {
        if ((integer[0] & 0x80) != 0)
        {
            return false;
        }

        integer = integer.TrimStart((byte)0);
        if (integer.IsEmpty || integer.Length > half.Length)
        {
            return false;
        }

        integer.CopyTo(half[^integer.Length..]);
        return true;
    }
}
