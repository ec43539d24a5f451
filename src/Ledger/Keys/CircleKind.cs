namespace EnergyNode.Ledger;

/// <summary>What a circle of accounts decides for another account.</summary>
public enum CircleKind : byte
{
    /// <summary>Acts for the account, which no longer acts by its own key.</summary>
    Members = 0,

    /// <summary>Gives the account a new key when it has lost the old one.</summary>
    Guardians = 1,
}
