namespace EnergyNode.Node.Readings;

/// <summary>One signed record as a file holds it.</summary>
/// <param name="Line">Its line.</param>
/// <param name="Text">The record, or what stands in its place.</param>
/// <param name="Encoding">How the container says that the record is encoded; null when it does not.</param>
/// <param name="Format">The record's format as the container names it; null when it does not.</param>
/// <param name="Transaction">The container's name of the transaction; empty when it has none.</param>
/// <param name="Key">The public key's text; null when there is none.</param>
/// <param name="KeyEncoding">How the container says that the key is encoded; null when it does not.</param>
internal sealed record OcmfSource(
    int Line, string Text, string? Encoding, string? Format, string Transaction, string? Key, string? KeyEncoding);
