namespace EnergyNode.Actors;

/// <summary>Something that a <see cref="SeededRunner"/> lets happen at its time.</summary>
public abstract class DueEvent
{
    /// <summary>It does not happen, and no time passes for it.</summary>
    public virtual bool IsCancelled => false;

    /// <summary>Short, and throws nothing.</summary>
    public abstract void Happen();
}
