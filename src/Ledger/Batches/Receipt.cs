namespace EnergyNode.Ledger;

/// <summary>What became of one command.</summary>
/// <param name="Value">The order id for a placed order, else 0.</param>
public readonly record struct Receipt(LedgerError Error, long Value);
