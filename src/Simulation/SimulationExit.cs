namespace EnergyNode.Simulation;

/// <summary>Exit codes of everything that simulates.</summary>
public static class SimulationExit
{
    public const int Pass = 0;

    /// <summary>A safety property was broken.</summary>
    public const int Safety = 1;

    /// <summary>The command line or a scenario cannot be read.</summary>
    public const int Usage = 2;

    /// <summary>Safe, but not done in time.</summary>
    public const int Liveness = 3;

    /// <summary>The simulator itself failed.</summary>
    public const int Harness = 70;
}
