namespace EnergyNode.Node.Readings;

/// <summary>Whether one signed record is what its meter signed.</summary>
/// <param name="Valid">True only when the signature was checked and holds.</param>
/// <param name="Curve">The curve's name; null when it is not known.</param>
/// <param name="Reason">Why it is not valid; null when it is.</param>
internal sealed record SignatureVerdict(bool Valid, string? Curve, string? Reason)
{
    public static SignatureVerdict Refuse(string? curve, string reason) => new(false, curve, reason);
}
