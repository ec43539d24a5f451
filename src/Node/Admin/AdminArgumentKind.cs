namespace EnergyNode.Node.Admin;

/// <summary>What an argument's value is; on the wire in lower case.</summary>
public enum AdminArgumentKind
{
    Text,

    /// <summary>A 64-bit integer.</summary>
    Number,

    /// <summary>True or false; on a command line present or absent.</summary>
    Flag,
}
