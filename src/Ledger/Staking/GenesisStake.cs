namespace EnergyNode.Ledger;

/// <summary>
/// Whose money stands behind a validator of the genesis, and how much; bonded from the opening deposit.
/// </summary>
public sealed record GenesisStake(PublicKey Validator, AccountId Operator, Money Stake);
