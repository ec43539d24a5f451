namespace EnergyNode.Ledger;

/// <summary>An account that exists from the start, with its opening deposit (0 for none).</summary>
public sealed record GenesisAccount(AccountId Account, UserKind Kind, Role Roles, PublicKey Key, Money Deposit);
