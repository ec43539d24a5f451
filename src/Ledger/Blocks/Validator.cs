namespace EnergyNode.Ledger;

/// <summary>A party with a vote.</summary>
/// <param name="Name">For people; unique in the set.</param>
/// <param name="Key">Signs its votes and proposals.</param>
/// <param name="Power">Its voting power: 1 under PBFT, bonded stake under PoS.</param>
public sealed record Validator(Label Name, PublicKey Key, long Power);
