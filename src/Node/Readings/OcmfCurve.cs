using System;
using System.Collections.Generic;
using System.Linq;

namespace EnergyNode.Node.Readings;

/// <summary>An elliptic curve that meters sign on.</summary>
/// <param name="Name">As shown.</param>
/// <param name="Oid">Its object identifier.</param>
/// <param name="Bytes">Of one coordinate, and of a signature's half.</param>
/// <param name="Algorithms">Its names in the field SA, OCMF table 22.</param>
internal sealed record OcmfCurve(string Name, string Oid, int Bytes, IReadOnlyList<string> Algorithms)
{
    /// <summary>What SA means when it is not there.</summary>
    public const string DefaultAlgorithm = "ECDSA-secp256r1-SHA256";

    public static IReadOnlyList<OcmfCurve> All { get; } =
    [
        new("P-256", "1.2.840.10045.3.1.7", 32, [DefaultAlgorithm]),
        new("P-384", "1.3.132.0.34", 48, ["ECDSA-secp384r1-SHA256"]),
        new("secp256k1", "1.3.132.0.10", 32, ["ECDSA-secp256k1-SHA256"]),
        new("secp192k1", "1.3.132.0.31", 24, ["ECDSA-secp192k1-SHA256"]),
        new(
            "brainpoolP256r1", "1.3.36.3.3.2.8.1.1.7", 32,
            ["ECDSA-brainpool256r1-SHA256", "ECDSA-brainpoolP256r1-SHA256"]),
        new(
            "brainpoolP384r1", "1.3.36.3.3.2.8.1.1.11", 48,
            ["ECDSA-brainpool384r1-SHA256", "ECDSA-brainpoolP384r1-SHA256"]),
    ];

    public static OcmfCurve? OfAlgorithm(string algorithm) =>
        All.FirstOrDefault(curve => curve.Algorithms.Contains(algorithm, StringComparer.Ordinal));

    public static OcmfCurve? OfOid(string oid) => All.FirstOrDefault(curve => curve.Oid == oid);
}
