namespace EnergyNode.Ledger;

/// <summary>What an account is, for people and reports; rights come from <see cref="Role"/>.</summary>
public enum UserKind : byte
{
    Consumer = 0,
    Prosumer = 1,
    Operator = 2,
}
