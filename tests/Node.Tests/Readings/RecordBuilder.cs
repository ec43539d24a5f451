using System;
using System.Security.Cryptography;
using System.Text;

namespace EnergyNode.Node.Tests.Readings;

/// <summary>Signs OCMF records for tests, with a key made for each builder.</summary>
internal sealed class RecordBuilder : IDisposable
{
    public const string Begin =
        "{'TM':'2024-05-01T10:00:00,000+0200 S','TX':'B','RV':100.5,'RI':'1-b:1.8.0','RU':'kWh','ST':'G'}";
    public const string End =
        "{'TM':'2024-05-01T11:00:00,000+0200 S','TX':'E','RV':112.25,'RI':'1-b:1.8.0','RU':'kWh','ST':'G'}";

    private readonly ECDsa _key;

    public RecordBuilder(string oid = "1.2.840.10045.3.1.7")
    {
        _key = ECDsa.Create(ECCurve.CreateFromValue(oid));
    }

    /// <summary>SubjectPublicKeyInfo in hexadecimal digits.</summary>
    public string Key => Convert.ToHexString(_key.ExportSubjectPublicKeyInfo());

    /// <summary>04, X and Y.</summary>
    public byte[] Point
    {
        get
        {
            ECPoint point = _key.ExportParameters(includePrivateParameters: false).Q;
            return [4, .. point.X!, .. point.Y!];
        }
    }

    public byte[] Sign(string payload) => _key.SignData(
        Encoding.UTF8.GetBytes(payload), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);

    /// <param name="readings">JSON objects with single quotes.</param>
    public static string Payload(params string[] readings) =>
        "{'FV':'1.0','GS':'gw-1','MS':'meter-1','PG':'T1','RD':[".Replace('\'', '"')
        + string.Join(',', readings).Replace('\'', '"') + "]}";

    /// <param name="payload">The exact text that is signed.</param>
    /// <param name="fields">More fields of the signature section, with single quotes and a comma behind.</param>
    public string Record(string payload, string fields = "") =>
        $"OCMF|{payload}|{{{fields.Replace('\'', '"')}\"SD\":\"{Convert.ToHexString(Sign(payload))}\"}}";

    /// <summary>A container with each record in a line of its own, from line 2 on.</summary>
    public string File(params string[] records) => FileWith(Key, "", records);

    public static string FileWith(string key, string keyAttributes, params string[] records)
    {
        StringBuilder file = new("<values>\n");
        foreach (string record in records)
        {
            file.Append("<value transactionId='1'><signedData>")
                .Append(record.Replace("&", "&amp;").Replace("<", "&lt;"))
                .Append($"</signedData><publicKey {keyAttributes}>{key}</publicKey></value>\n");
        }

        return file.Append("</values>").ToString();
    }

    public void Dispose() => _key.Dispose();
}
