namespace EnergyNode.Ledger;

/// <summary>Whether a validator can have a place in the set. The number is its byte.</summary>
public enum ValidatorStanding : byte
{
    Active = 0,

    /// <summary>Punished; comes back when its operator unjails it.</summary>
    Jailed = 1,

    /// <summary>Punished on a closed chain; does not come back by a command.</summary>
    Removed = 2,
}
