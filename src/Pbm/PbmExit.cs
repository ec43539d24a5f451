namespace EnergyNode.Pbm;

/// <summary>What the process ends with; documented in docs/pbm.md.</summary>
internal static class PbmExit
{
    public const int Ok = 0;
    public const int Negative = 1;
    public const int Usage = 2;
    public const int CannotConnect = 3;
    public const int NotAuthorised = 4;
    public const int Timeout = 5;
    public const int Partial = 6;
    public const int Internal = 70;

    /// <summary>128 + SIGINT, as shells report it.</summary>
    public const int Interrupted = 130;
}
