namespace EnergyNode.Ledger;

/// <summary>How far a device's registration is.</summary>
public enum AssetStatus : byte
{
    /// <summary>Declared by its owner; nobody has looked at it.</summary>
    Created = 0,

    /// <summary>The AMI service has confirmed it for its present owner.</summary>
    Validated = 1,

    /// <summary>Out of service for good; its name is not used again.</summary>
    Retired = 2,
}
