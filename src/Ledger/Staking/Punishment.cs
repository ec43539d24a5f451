namespace EnergyNode.Ledger;

/// <summary>What became of an offence.</summary>
/// <param name="Known">The key is that of a validator, or of one whose stake is still at risk.</param>
/// <param name="Taken">Slashed to the account that receives it; 0 on a closed chain.</param>
/// <param name="Excluded">It leaves the set at the next border; not when it is the last one (STAKE-3).</param>
public readonly record struct Punishment(bool Known, Money Taken, bool Excluded);
