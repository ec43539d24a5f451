namespace EnergyNode.Ledger;

/// <summary>Which key a guardian wants for an account.</summary>
public readonly record struct RecoveryVote(AccountId Guardian, PublicKey Key);
