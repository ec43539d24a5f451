using EnergyNode.Ledger;

namespace EnergyNode.Simulation;

/// <summary>One direction between two parties. A struct, as those of a sender lie together then.</summary>
internal struct SimulatedLink
{
    public bool IsCut { get; set; }

    public bool IsCutForGood { get; set; }

    public bool IsConnected { get; private set; }

    public long Connection { get; private set; }

    /// <summary>The number of its last connection's end among all ends.</summary>
    public long BrokenAt { get; private set; }

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

    /// <param name="count">Of all connections that ended, with this one.</param>
    public void Break(long count)
    {
        IsConnected = false;
        BrokenAt = count;
    }

    public void Heal() => IsCut = IsCutForGood;
}
