namespace EnergyNode.Node.Admin;

/// <summary>The exit codes that a response asks its client to end with.</summary>
public static class AdminExit
{
    public const int Ok = 0;

    /// <summary>The question was understood and the answer is no.</summary>
    public const int Negative = 1;

    public const int Usage = 2;
    public const int CannotConnect = 3;
    public const int NotAuthorised = 4;
    public const int Timeout = 5;

    /// <summary>Some of the nodes asked did not answer.</summary>
    public const int Partial = 6;

    public const int Internal = 70;
}
