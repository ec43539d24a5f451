namespace EnergyNode.Simulation;

/// <summary>Says nothing to anybody.</summary>
internal sealed class SilentLie : Lie
{
    public override void Leaves(Departure frame, Liar liar) => frame.IsDropped = true;
}
