namespace EnergyNode.Ledger;

/// <summary>One inner node on the way to a leaf: the bit it asks for, and the hash of the child not taken.</summary>
public readonly record struct StateProofStep(int BitIndex, Hash32 Sibling);
