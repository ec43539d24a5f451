using System;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using EnergyNode.Ledger;

namespace EnergyNode.Node.Network;

/// <summary>
/// A self-signed P-256 certificate that only carries a TLS session. Who a node is says its Ed25519 key, which signs
/// the certificate's hash in each hello; so a new certificate at each start, or at any time, needs nobody's consent.
/// </summary>
public sealed class NodeCertificate : IDisposable
{
    private readonly X509Certificate2 _certificate;

    /// <param name="certificate">With its private key; owned by this object from here on.</param>
    public NodeCertificate(X509Certificate2 certificate)
    {
        if (!certificate.HasPrivateKey)
        {
            throw new ArgumentException("The certificate comes without its private key.", nameof(certificate));
        }

        _certificate = certificate;
        Hash = Hash32.Of(certificate.RawDataMemory.Span);
        Context = SslStreamCertificateContext.Create(certificate, additionalCertificates: null, offline: true);
    }

    /// <summary>SHA-256 of the certificate's DER bytes.</summary>
    public Hash32 Hash { get; }

    internal SslStreamCertificateContext Context { get; }

    /// <summary>Makes a key and a certificate without expiry (RFC 5280 §4.1.2.5): a wrong clock does no harm.</summary>
    public static NodeCertificate Create()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new("CN=energynode", key, HashAlgorithmName.SHA256);
        DateTimeOffset notBefore = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
        DateTimeOffset notAfter = new(9999, 12, 31, 23, 59, 59, TimeSpan.Zero);
        using X509Certificate2 made = request.CreateSelfSigned(notBefore, notAfter);

        // Some platforms cannot use a key that lives in memory only for TLS; a round trip through PKCS #12 can.
        byte[] pkcs12 = made.Export(X509ContentType.Pkcs12);
        return new NodeCertificate(X509CertificateLoader.LoadPkcs12(pkcs12, password: null));
    }

    public void Dispose() => _certificate.Dispose();
}
