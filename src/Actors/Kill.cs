namespace EnergyNode.Actors;

/// <summary>Makes the receiver fail with an <see cref="ActorKilledException"/>, so that its supervisor
/// decides.</summary>
public sealed record Kill : IAutoReceived
{
    private Kill()
    {
    }

    public static Kill Instance { get; } = new();
}
