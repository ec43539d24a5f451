namespace EnergyNode.Node.Configuration;

/// <summary>Absolute paths of the files that hold the node's identity.</summary>
/// <param name="ValidatorKey">The Ed25519 key.</param>
/// <param name="NodeCertificate">The P-256 certificate of TLS, PEM.</param>
/// <param name="NodeCertificateKey">The private key of the certificate, PEM.</param>
public sealed record KeyFiles(string ValidatorKey, string NodeCertificate, string NodeCertificateKey);
