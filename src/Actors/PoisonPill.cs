namespace EnergyNode.Actors;

/// <summary>Stops the receiver once it has handled what was in its mailbox before.</summary>
public sealed record PoisonPill : IAutoReceived
{
    private PoisonPill()
    {
    }

    public static PoisonPill Instance { get; } = new();
}
