namespace EnergyNode.Ledger;

/// <summary>Which rules a chain runs by; a decision of the governance raises it at a height.</summary>
public static class ProtocolVersion
{
    /// <summary>What a chain starts with.</summary>
    public const int First = 1;

    /// <summary>The latest that this software can execute.</summary>
    public const int Known = 1;
}
