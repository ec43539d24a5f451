namespace EnergyNode.Actors;

/// <summary>Something scheduled that can still be called off.</summary>
public interface ICancelable
{
    /// <summary>Idempotent. On threads an action that is just starting may still run.</summary>
    void Cancel();
}
