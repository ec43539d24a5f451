namespace EnergyNode.Ledger;

/// <summary>
/// A zone that is in the network from the start; it needs no registration. Parents come before children.
/// </summary>
public sealed record GenesisLine(ZoneId Zone, GridLine Line);
