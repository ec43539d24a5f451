namespace EnergyNode.Node.Cli;

/// <summary>What the program's exit codes mean; the same in every command.</summary>
internal static class ExitCodes
{
    public const int Ok = 0;

    /// <summary>It was asked for rightly and failed, or the answer is no.</summary>
    public const int Failed = 1;

    /// <summary>It was asked for wrongly: a flag, a file, a value.</summary>
    public const int Usage = 2;

    /// <summary>Ended by Ctrl+C before it was done.</summary>
    public const int Interrupted = 130;
}
