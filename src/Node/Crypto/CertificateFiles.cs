using System;
using System.Formats.Asn1;
using System.IO;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace EnergyNode.Node.Crypto;

/// <summary>
/// A node's own TLS certificate: self-signed, P-256, ECDSA with SHA-256, valid for ten years. Peers do not trust it by
/// itself; the hello, signed with the validator's Ed25519 key, binds it to a validator, so it can change any time.
/// </summary>
public static class CertificateFiles
{
    /// <summary>X.520's upper bound for a common name.</summary>
    public const int MaxNameLength = 64;

    private const int ValidYears = 10;
    private const int SerialNumberSize = 16;
    private const int MaxPemBytes = 64 * 1024;
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";
    private const string P256 = "1.2.840.10045.3.1.7";

    /// <summary>The AlgorithmIdentifier ecdsa-with-SHA256 (RFC 5758 §3.2) in DER.</summary>
    private static ReadOnlySpan<byte> EcdsaWithSha256 =>
        [0x30, 0x0A, 0x06, 0x08, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x04, 0x03, 0x02];

    /// <summary>Makes a certificate and writes it and its key, replacing what is there (that is a rotation).</summary>
    /// <param name="certificatePath">PEM, mode 0644.</param>
    /// <param name="keyPath">PEM (PKCS #8), mode 0600.</param>
    /// <param name="nodeName">Becomes the common name; 1 to 64 characters.</param>
    /// <param name="clock">The certificate is valid from one day before now, for clocks that are behind.</param>
    /// <exception cref="KeyFileException">A file cannot be written.</exception>
    public static void Create(string certificatePath, string keyPath, string nodeName, TimeProvider clock)
    {
        if (nodeName.Length is 0 or > MaxNameLength)
        {
            throw new ArgumentException($"A node's name has 1 to {MaxNameLength} characters.", nameof(nodeName));
        }

        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using X509Certificate2 certificate = SelfSign(key, nodeName, clock.GetUtcNow());
        WritePem(keyPath, key.ExportPkcs8PrivateKeyPem(), SecureFile.OwnerOnly);
        WritePem(certificatePath, certificate.ExportCertificatePem(), SecureFile.PublicRead);
    }

    /// <summary>Loads a certificate together with its private key.</summary>
    /// <exception cref="KeyFileException">
    /// A file is missing or damaged, others can read the key, or the two do not belong together.
    /// </exception>
    public static X509Certificate2 Load(string certificatePath, string keyPath)
    {
        const string Remedy = "make a new pair with `energynode init --new-certificate`";
        using X509Certificate2 bare = ReadCertificate(certificatePath, Remedy);
        using ECDsa key = ReadKey(keyPath, Remedy);
        try
        {
            RequireP256OfThisKey(bare, key, certificatePath, keyPath, Remedy);
            RequireOwnSignature(bare, key, certificatePath, Remedy);
            return bare.CopyWithPrivateKey(key);
        }
        catch (Exception error) when (error is CryptographicException or AsnContentException or ArgumentException)
        {
            throw new KeyFileException(certificatePath, "the certificate is damaged", Remedy, error);
        }
    }

    private static X509Certificate2 SelfSign(ECDsa key, string nodeName, DateTimeOffset now)
    {
        X500DistinguishedNameBuilder subject = new();
        subject.AddCommonName(nodeName);
        CertificateRequest request = new(subject.Build(), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, critical: true));
        request.CertificateExtensions.Add(
            new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension(
            [new Oid(ServerAuthentication), new Oid(ClientAuthentication)], critical: false));
        X509SignatureGenerator generator = X509SignatureGenerator.CreateForECDsa(key);
        byte[] serialNumber = RandomNumberGenerator.GetBytes(SerialNumberSize);
        serialNumber[0] = (byte)((serialNumber[0] & 0x3F) | 0x40);
        return request.Create(
            request.SubjectName, generator, now.AddDays(-1), now.AddYears(ValidYears), serialNumber);
    }

    private static X509Certificate2 ReadCertificate(string path, string remedy)
    {
        try
        {
            return X509Certificate2.CreateFromPem(File.ReadAllText(path));
        }
        catch (CryptographicException error)
        {
            throw new KeyFileException(path, "this is no certificate in PEM format, or it is damaged", remedy, error);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new KeyFileException(path, "there is no such file", remedy, error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new KeyFileException(
                path, $"cannot be read ({error.Message})", "check its owner and that it is a file", error);
        }
    }

    private static ECDsa ReadKey(string path, string remedy)
    {
        byte[] pem = KeyFile.ReadPrivate(path, MaxPemBytes, remedy);
        ECDsa key = ECDsa.Create();
        try
        {
            key.ImportFromPem(Encoding.UTF8.GetString(pem));
            return key;
        }
        catch (Exception error) when (error is CryptographicException or ArgumentException)
        {
            key.Dispose();
            throw new KeyFileException(path, "this is no private key in PEM format, or it is damaged", remedy, error);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(pem);
        }
    }

    private static void RequireP256OfThisKey(
        X509Certificate2 certificate, ECDsa key, string certificatePath, string keyPath, string remedy)
    {
        using ECDsa? publicKey = certificate.GetECDsaPublicKey();
        if (publicKey is null || publicKey.ExportParameters(false).Curve.Oid.Value != P256)
        {
            throw new KeyFileException(certificatePath, "the certificate is not for a P-256 key", remedy);
        }

        if (!publicKey.ExportSubjectPublicKeyInfo().AsSpan().SequenceEqual(key.ExportSubjectPublicKeyInfo()))
        {
            throw new KeyFileException(certificatePath, $"the certificate does not belong to {keyPath}", remedy);
        }
    }

    /// <summary>RFC 5280 §4.1: a certificate is the signed part, the algorithm and the signature.</summary>
    private static void RequireOwnSignature(X509Certificate2 certificate, ECDsa key, string path, string remedy)
    {
        AsnReader file = new(certificate.RawDataMemory, AsnEncodingRules.DER);
        AsnReader fields = file.ReadSequence();
        file.ThrowIfNotEmpty();
        ReadOnlyMemory<byte> signedPart = fields.ReadEncodedValue();
        ReadOnlyMemory<byte> algorithm = fields.ReadEncodedValue();
        byte[] signature = fields.ReadBitString(out int unusedBits);
        fields.ThrowIfNotEmpty();
        if (unusedBits != 0
            || !algorithm.Span.SequenceEqual(EcdsaWithSha256)
            || !key.VerifyData(
                signedPart.Span, signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence))
        {
            throw new KeyFileException(path, "the certificate is damaged: its signature is not valid", remedy);
        }
    }

    private static void WritePem(string path, string pem, UnixFileMode mode)
    {
        try
        {
            SecureFile.Replace(path, Encoding.ASCII.GetBytes(pem + "\n"), mode);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new KeyFileException(
                path, $"cannot be written ({error.Message})", "check that the directory exists and is yours", error);
        }
    }
}
