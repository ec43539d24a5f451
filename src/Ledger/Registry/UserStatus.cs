namespace EnergyNode.Ledger;

/// <summary>
/// Whether an account takes part. What each forbids is decided in <see cref="AccountGate"/> and shown as a table in
/// docs/spec/access.md.
/// </summary>
public enum UserStatus : byte
{
    Active = 0,

    /// <summary>Frozen by an authority: it may only withdraw what it has under way.</summary>
    Suspended = 1,

    /// <summary>Has left: it acts no more and is given nothing; the treasury may pay it out.</summary>
    Inactive = 2,
}
