using EnergyNode.Actors.Ports;
using EnergyNode.Ledger;

namespace EnergyNode.Simulation;

/// <summary>Sends everything just before the others stop waiting for it.</summary>
internal sealed class DelayLie : Lie
{
    private const int LeastPermille = 850;
    private const int MostPermille = 970;

    public override void Leaves(Departure frame, Liar liar)
    {
        if (frame.To >= 0 && frame.Kind is FrameKind.Consensus or FrameKind.Batches or FrameKind.Blocks)
        {
            long delay = liar.Patience.Micros / 1_000 * liar.Dice.Between(LeastPermille, MostPermille);
            frame.Delay = new Duration(frame.Delay.Micros + delay);
        }
    }
}
