using EnergyNode.Actors.Ports;

namespace EnergyNode.Simulation;

/// <summary>
/// One strategy at work in one liar. It sees what the honest node inside says and hears, and may change both. A new
/// protocol needs nothing here: messages that a lie does not know pass unchanged.
/// </summary>
internal abstract class Lie
{
    /// <summary>A frame leaves. It may be changed, delayed or dropped, and others may be sent beside it.</summary>
    public virtual void Leaves(Departure frame, Liar liar)
    {
    }

    /// <summary>A frame arrives.</summary>
    /// <returns>False to keep it from the honest node inside.</returns>
    public virtual bool Arrives(FrameReceived frame, Liar liar) => true;

    /// <summary>Comes every <see cref="Liar.TickInterval"/> while the node is up.</summary>
    public virtual void Tick(Liar liar)
    {
    }
}
