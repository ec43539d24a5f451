using EnergyNode.Ledger;

namespace EnergyNode.Consensus;

/// <summary>One view change inside a <see cref="NewView"/>: the signature is that of the message itself.</summary>
public sealed record ViewChangeVote(ValidatorIndex Signer, PreparedClaim? Prepared, Signature Signature);
