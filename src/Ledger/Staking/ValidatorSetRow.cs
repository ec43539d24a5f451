namespace EnergyNode.Ledger;

/// <summary>A validator set as a row of a table.</summary>
public readonly record struct ValidatorSetRow(ValidatorSet Set);
