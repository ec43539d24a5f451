namespace EnergyNode.Node.Setup;

/// <summary>Bounds of what is set up, with their reasons.</summary>
public static class SetupLimits
{
    /// <summary>PBFT needs 3f + 1 validators for f faulty ones: four is the fewest that survive one.</summary>
    public const int FewestReplicated = 4;

    /// <summary>Seven survive two; beyond that, all-to-all votes on one machine measure the machine.</summary>
    public const int MostReplicated = 7;

    /// <summary>Bytes of a genesis file: 100,000 accounts at about 300 bytes each, and as much again.</summary>
    public const int MaxGenesisBytes = 64 * 1024 * 1024;

    /// <summary>Accounts, meters or agents of a genesis file.</summary>
    public const int MaxGenesisEntries = 100_000;

    /// <summary>validator-1 listens here, the others on the ports after it.</summary>
    public const int FirstPeerPort = 7401;

    /// <summary>The port that operators know from Petabridge.Cmd.</summary>
    public const int FirstAdminPort = 9110;

    public static bool IsValidatorCount(int count) => count is 1 or (>= FewestReplicated and <= MostReplicated);
}
