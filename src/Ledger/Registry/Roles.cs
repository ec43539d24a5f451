namespace EnergyNode.Ledger;

/// <summary>Sets of roles.</summary>
public static class Roles
{
    public const Role All = Role.Authority | Role.AmiService | Role.OracleOperator | Role.Treasury
        | Role.RecRegulator | Role.Governance;

    public static bool IsSingle(Role role) =>
        role != Role.None && (role & (role - 1)) == Role.None && (role & ~All) == Role.None;
}
