using System;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using EnergyNode.Node.Readings;
using Xunit;

namespace EnergyNode.Node.Tests.Readings;

public sealed class OcmfSignatureTests
{
    private const string P256 = "1.2.840.10045.3.1.7";
    private const string Secp192k1 = "1.3.132.0.31";

    [Theory]
    [InlineData("ocmf/test_ocmf_keba_kcp30.xml")]
    [InlineData("ocmf/test_ocmf_transaction_two_values.xml")]
    [InlineData("ocmf/nistP384_0Wh.xml")]
    public void Every_changed_bit_of_payload_or_signature_makes_a_record_invalid(string name)
    {
        string file = Inspect.SampleText(name);
        int begin = file.IndexOf("OCMF|", StringComparison.Ordinal) + "OCMF|".Length;
        string[] parts = file[begin..file.IndexOf("</signedData>", StringComparison.Ordinal)].Split('|');
        OcmfRecord record = new(Encoding.UTF8.GetBytes(parts[0]), parts[1]);
        OcmfSignature signature = record.ParseSignature();
        string keyText = file[(file.IndexOf("<publicKey", StringComparison.Ordinal) + 1)..];
        keyText = keyText[(keyText.IndexOf('>') + 1)..keyText.IndexOf('<')];
        OcmfPublicKey key = OcmfPublicKey.Parse(keyText, null, signature.Curve);

        Assert.True(signature.Verify(record.Payload, key).Valid);
        for (int bit = 0; bit < record.Payload.Length * 8; bit++)
        {
            Assert.False(signature.Verify(Flip(record.Payload, bit), key).Valid, $"payload bit {bit}");
        }

        for (int bit = 0; bit < signature.Data.Length * 8; bit++)
        {
            OcmfSignature changed = signature with { Data = Flip(signature.Data, bit) };
            Assert.False(changed.Verify(record.Payload, key).Valid, $"signature bit {bit}");
        }
    }

    [Fact]
    public void Every_changed_character_of_a_file_leaves_no_other_reading_valid()
    {
        string file = Inspect.SampleText("ocmf/test_ocmf_keba_kcp30.xml");
        int begin = file.IndexOf("OCMF|", StringComparison.Ordinal);
        int end = file.IndexOf("</signedData>", StringComparison.Ordinal);
        for (int at = begin; at < end; at++)
        {
            string changed = file[..at] + (char)(file[at] ^ 1) + file[(at + 1)..];
            bool good;
            try
            {
                good = Inspect.Text(changed, ReadingFormat.Ocmf).Signatures.All(static signature => signature.Valid);
            }
            catch (UnreadableFileException)
            {
                good = false;
            }

            Assert.False(good, $"character {at - begin}: {changed[begin..end]}");
        }
    }

    [Theory]
    [InlineData("P-256", P256, "")]
    [InlineData("P-256", P256, "'SA':'ECDSA-secp256r1-SHA256',")]
    [InlineData("P-384", "1.3.132.0.34", "'SA':'ECDSA-secp384r1-SHA256',")]
    [InlineData("secp256k1", "1.3.132.0.10", "'SA':'ECDSA-secp256k1-SHA256',")]
    [InlineData("secp192k1", Secp192k1, "'SA':'ECDSA-secp192k1-SHA256',")]
    [InlineData("brainpoolP256r1", "1.3.36.3.3.2.8.1.1.7", "'SA':'ECDSA-brainpool256r1-SHA256',")]
    [InlineData("brainpoolP384r1", "1.3.36.3.3.2.8.1.1.11", "'SA':'ECDSA-brainpool384r1-SHA256',")]
    public void A_record_on_each_curve_is_valid_or_its_curve_refused_by_name(string curve, string oid, string fields)
    {
        RecordBuilder builder;
        try
        {
            builder = new RecordBuilder(oid);
        }
        catch (PlatformNotSupportedException)
        {
            return;
        }

        using (builder)
        {
            string record = builder.Record(RecordBuilder.Payload(RecordBuilder.Begin, RecordBuilder.End), fields);
            string[] keys =
            [
                builder.Key, builder.Key.ToLowerInvariant(),
                string.Join(' ', builder.Key.Chunk(4).Select(c => new string(c))),
                Convert.ToBase64String(Convert.FromHexString(builder.Key)),
                Convert.ToHexString(builder.Point), Convert.ToBase64String(builder.Point),
            ];
            foreach (string key in keys)
            {
                InspectionReport report = Inspect.Text(RecordBuilder.FileWith(key, "", record));

                Assert.Equal(new SignatureVerdict(true, curve, null), Assert.Single(report.Signatures));
                Assert.Equal("11750", report.Sum.ToString());
            }
        }
    }

    [Fact]
    public void A_curve_that_the_platform_lacks_is_refused_by_name()
    {
        OcmfCurve lacking = new("secp160x9", "1.3.132.0.99", 4, []);
        OcmfSignature signature = new(lacking, [0x30, 6, 2, 1, 1, 2, 1, 1]);
        OcmfPublicKey key = new(lacking, new ECPoint { X = new byte[4], Y = new byte[4] });

        Assert.Equal(
            new SignatureVerdict(false, "secp160x9", "curve secp160x9 is not available here"),
            signature.Verify([], key));
    }

    [Theory]
    [InlineData("'SA':'ECDSA-secp521r1-SHA256',", "signature algorithm 'ECDSA-secp521r1-SHA256' is not taken")]
    [InlineData("'SA':'ECDSA-secp192r1-SHA256',", "signature algorithm 'ECDSA-secp192r1-SHA256' is not taken")]
    [InlineData("'SA':'ECDSA-secp256r1-SHA512',", "signature algorithm 'ECDSA-secp256r1-SHA512' is not taken")]
    [InlineData("'SA':'ecdsa-secp256r1-sha256',", "signature algorithm 'ecdsa-secp256r1-sha256' is not taken")]
    [InlineData("'SA':7,", "SA is not a text")]
    [InlineData("'SA':'ECDSA-secp256k1-SHA256',", "the signature is on secp256k1, the key on P-256")]
    [InlineData("'SE':'base32',", "signature encoding 'base32' is not hex or base64")]
    [InlineData("'SE':'base64',", "the signature is no ECDSA|the signature (SD) is not base64")]
    [InlineData("'SM':'application/pkcs7',", "signature form 'application/pkcs7' is not taken")]
    [InlineData("'QA':'x',", "the signature section has the unknown field 'QA'")]
    [InlineData("'SD':'00',", "the signature section is no valid JSON")]
    [InlineData("'UA':'vendor',", "")]
    public void A_signature_section_says_what_it_is(string fields, string reason)
    {
        using RecordBuilder builder = new();

        SignatureVerdict verdict = Assert.Single(
            Inspect.Text(builder.File(builder.Record(RecordBuilder.Payload(RecordBuilder.Begin), fields))).Signatures);

        Assert.Equal(reason.Length == 0, verdict.Valid);
        Assert.True(
            reason.Length == 0
                || reason.Split('|').Any(one => verdict.Reason!.StartsWith(one, StringComparison.Ordinal)),
            verdict.Reason);
    }

    [Fact]
    public void A_signature_in_base64_is_taken_when_it_says_so()
    {
        using RecordBuilder builder = new();
        string payload = RecordBuilder.Payload(RecordBuilder.Begin, RecordBuilder.End);
        string signature = Convert.ToBase64String(builder.Sign(payload));

        Assert.True(Inspect.Text(builder.File($"OCMF|{payload}|{{\"SE\":\"base64\",\"SD\":\"{signature}\"}}")).IsGood);
        Assert.False(Inspect.Text(builder.File($"OCMF|{payload}|{{\"SD\":\"{signature}\"}}")).IsGood);
    }

    [Theory]
    [InlineData("", "", "the file has no public key for it")]
    [InlineData("zz", "", "the public key is neither hexadecimal nor base64")]
    [InlineData("3059", "", "the public key is no SubjectPublicKeyInfo in DER")]
    [InlineData("0402", "", "the public key is no uncompressed point of P-256")]
    [InlineData("3059", "encoding='base58'", "the public key's encoding 'base58' is not known")]
    [InlineData("MFk=", "encoding='hex'", "the public key is neither hexadecimal nor base64")]
    public void A_public_key_that_is_none_makes_the_record_invalid(string key, string attributes, string reason)
    {
        using RecordBuilder builder = new();
        string record = builder.Record(RecordBuilder.Payload(RecordBuilder.Begin));

        SignatureVerdict verdict = Assert.Single(
            Inspect.Text(RecordBuilder.FileWith(key, attributes, record)).Signatures);

        Assert.Equal(SignatureVerdict.Refuse("P-256", reason), verdict);
    }

    [Theory]
    [InlineData("AA==", true)]
    [InlineData("A A\n==", true)]
    [InlineData("AB==", false)]
    [InlineData("AA", false)]
    [InlineData("AA-_", false)]
    [InlineData("", false)]
    public void Base64_has_one_spelling(string text, bool accepted) =>
        Assert.Equal(accepted, OcmfText.FromBase64(text) is not null);

    [Fact]
    public void Keys_that_are_compressed_off_the_curve_or_of_another_meter_are_refused()
    {
        using RecordBuilder builder = new();
        using RecordBuilder other = new();
        string record = builder.Record(RecordBuilder.Payload(RecordBuilder.Begin));
        byte[] compressed = [2, .. builder.Point.AsSpan(1, 32)];
        byte[] off = Flip(builder.Point, 50);

        string ReasonFor(string key) =>
            Assert.Single(Inspect.Text(RecordBuilder.FileWith(key, "", record)).Signatures).Reason!;

        Assert.Equal(
            "the public key is compressed, give the uncompressed point", ReasonFor(Convert.ToHexString(compressed)));
        Assert.Equal("the public key is no point of P-256", ReasonFor(Convert.ToHexString(off)));
        Assert.Equal("the signature does not fit the payload and the key", ReasonFor(other.Key));
    }

    [Theory]
    [InlineData("OCMF|{}", "the record has no signature section")]
    [InlineData("OCMF", "the record does not begin with 'OCMF|'")]
    [InlineData("", "there is no signed data")]
    [InlineData("OCMF|[]|{}", "the payload is no JSON object")]
    [InlineData("OCMF|{}|{}", "the payload has no readings (RD)")]
    [InlineData("OCMF|{\"RD\":[],\"RD\":[]}|{}", "the payload is no valid JSON")]
    [InlineData("OCMF|{\"RD\":[1]}|{}", "a reading (RD) is no object")]
    [InlineData("OCMF|{\"RD\":[{\"RV\":NaN}]}|{}", "the payload is no valid JSON")]
    [InlineData("OCMF|{\"RD\":[{\"RV\":\"7\"}]}|{}", "RV is not a number")]
    [InlineData("OCMF|{\"RD\":[{\"TX\":\"Q\"}]}|{}", "TX 'Q' is none of")]
    [InlineData("OCMF|{\"RD\":[[[[[[[[[]]]]]]]]]}|{}", "the payload is no valid JSON")]
    [InlineData("OCMF|{\"RD\":[{\"RI\":\"\\ud800\"}]}|{}", "the payload ")]
    public void A_record_of_another_form_is_refused_with_its_line(string record, string reason)
    {
        InspectionReport report = Inspect.Text(RecordBuilder.FileWith("00", "", record));

        SignatureVerdict verdict = Assert.Single(report.Signatures);
        Assert.False(verdict.Valid);
        Assert.StartsWith(reason, verdict.Reason);
        Assert.Equal("malformed-record:2", Inspect.Rules(report));
    }

    [Fact]
    public void A_signature_that_is_cut_off_anywhere_is_invalid()
    {
        using RecordBuilder builder = new();
        string record = builder.Record(RecordBuilder.Payload(RecordBuilder.Begin, RecordBuilder.End));
        for (int length = record.IndexOf('|', 5) + 1; length < record.Length; length++)
        {
            InspectionReport report = Inspect.Text(builder.File(record[..length]));

            Assert.False(Assert.Single(report.Signatures).Valid);
            Assert.Equal("0", report.Sum.ToString());
        }
    }

    private static byte[] Flip(byte[] bytes, int bit)
    {
        byte[] changed = (byte[])bytes.Clone();
        changed[bit / 8] ^= (byte)(1 << (bit % 8));
        return changed;
    }
}
