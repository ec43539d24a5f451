namespace EnergyNode.Node.Gateway;

/// <summary>How the connection to a validator stands.</summary>
/// <param name="Detail">Why it is not connected; empty when it is.</param>
public sealed record LinkState(string Validator, bool Connected, string Detail);
