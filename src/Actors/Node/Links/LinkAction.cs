namespace EnergyNode.Actors.Node;

/// <summary>What a link's score asks for.</summary>
public enum LinkAction
{
    None,

    /// <summary>Read nothing from it for a while.</summary>
    Throttle,

    /// <summary>Cut it, and take no connection of that peer for a while.</summary>
    Refuse,
}
