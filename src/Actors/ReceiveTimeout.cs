namespace EnergyNode.Actors;

/// <summary>No message came for the time set with <see cref="ActorContext.SetReceiveTimeout"/>.</summary>
public sealed record ReceiveTimeout
{
    private ReceiveTimeout()
    {
    }

    public static ReceiveTimeout Instance { get; } = new();
}
