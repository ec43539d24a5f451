using EnergyNode.Ledger;

namespace EnergyNode.Consensus;

/// <summary>One validator's signature inside a certificate.</summary>
public readonly record struct VoteSignature(ValidatorIndex Signer, Signature Signature);
