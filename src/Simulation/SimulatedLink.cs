using EnergyNode.Ledger;

namespace EnergyNode.Simulation;

/// <summary>One direction between two parties.</summary>
internal sealed class SimulatedLink
{
    public bool IsCut { get; set; }

    public bool IsCutForGood { get; set; }

    public bool IsConnected { get; private set; }

    public long Connection { get; private set; }

    public Instant LastArrival { get; set; }

    /// <summary>The receiver does not read before.</summary>
    public Instant PausedUntil { get; set; }

    /// <summary>The receiver takes no connection before.</summary>
    public Instant RefusedUntil { get; set; }

    /// <summary>The receiver is another process now, which knows of nothing.</summary>
    public void Forgive() => (PausedUntil, RefusedUntil) = (default, default);

    public void Open()
    {
        IsConnected = true;
        Connection++;
    }

    public void Close() => IsConnected = false;

    public void Heal() => IsCut = IsCutForGood;
}
