using System;
using System.Text;
using System.Text.Json;

namespace EnergyNode.Node.Readings;

/// <summary>
/// One record: <c>OCMF|{payload}|{signature}</c>. The signature covers the exact text of the payload, between the first
/// two bars.
/// </summary>
/// <param name="Payload">The bytes that are signed.</param>
/// <param name="Signature">The third section as it stands.</param>
internal sealed record OcmfRecord(byte[] Payload, string Signature)
{
    /// <exception cref="OcmfException">It has not this form.</exception>
    public static OcmfRecord Parse(OcmfSource source)
    {
        if (source.Text.Length == 0)
        {
            throw new OcmfException("there is no signed data");
        }

        if (source.Format is { Length: > 0 } format && format != "OCMF")
        {
            throw new OcmfException($"signed data of format {XmlCursor.Shown(format)} is not read, only OCMF is");
        }

        string text = Decode(source);
        if (!text.StartsWith(OcmfContainer.Header, StringComparison.Ordinal))
        {
            throw new OcmfException("the record does not begin with 'OCMF|'");
        }

        int first = OcmfContainer.Header.Length;
        int second = text.IndexOf('|', first);
        return second < 0
            ? throw new OcmfException("the record has no signature section")
            : new OcmfRecord(Encoding.UTF8.GetBytes(text[first..second]), text[(second + 1)..]);
    }

    /// <exception cref="OcmfException">It is no JSON object, or one with a name twice.</exception>
    public static JsonDocument ParseObject(ReadOnlyMemory<byte> json, string section)
    {
        JsonDocumentOptions strict = new() { AllowDuplicateProperties = false, MaxDepth = ReadingsLimits.MaxJsonDepth };
        try
        {
            JsonDocument document = JsonDocument.Parse(json, strict);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                return document;
            }

            document.Dispose();
        }
        catch (JsonException error)
        {
            string place = $"at byte {error.BytePositionInLine + 1} of its line {error.LineNumber + 1}";
            throw new OcmfException($"the {section} is no valid JSON {place}");
        }

        throw new OcmfException($"the {section} is no JSON object");
    }

    /// <exception cref="OcmfException">It is none, or of a kind that is not taken.</exception>
    public OcmfSignature ParseSignature()
    {
        using JsonDocument section = ParseObject(Encoding.UTF8.GetBytes(Signature), "signature section");
        return Guarded(() => OcmfSignature.Parse(section.RootElement), "signature section");
    }

    /// <exception cref="OcmfException">It is none.</exception>
    public OcmfPayload ParsePayload()
    {
        using JsonDocument section = ParseObject(Payload, "payload");
        return Guarded(() => OcmfPayload.Parse(section.RootElement), "payload");
    }

    /// <summary>Texts in JSON are decoded when they are asked for: half a surrogate pair is found only then.</summary>
    private static T Guarded<T>(Func<T> parse, string section)
    {
        try
        {
            return parse();
        }
        catch (InvalidOperationException)
        {
            throw new OcmfException($"the {section} holds text that is not valid Unicode");
        }
    }

    private static string Decode(OcmfSource source)
    {
        byte[]? bytes;
        switch (source.Encoding)
        {
            case null or "" or "plain":
                return source.Text;
            case "hex":
                bytes = OcmfText.FromHex(source.Text);
                break;
            case "base64":
                bytes = OcmfText.FromBase64(source.Text);
                break;
            default:
                throw new OcmfException($"the record's encoding {XmlCursor.Shown(source.Encoding)} is not known");
        }

        try
        {
            UTF8Encoding strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
            return bytes is null
                ? throw new OcmfException($"the record is not {source.Encoding}")
                : strict.GetString(bytes).Trim();
        }
        catch (DecoderFallbackException)
        {
            throw new OcmfException("the record is not valid UTF-8");
        }
    }
}
