using System.Collections.Generic;
using EnergyNode.Actors.Ports;

namespace EnergyNode.Simulation;

/// <summary>Keeps what it heard and said, and says it again to anybody, much later.</summary>
internal sealed class ReplayLie : Lie
{
    private const int MaxKept = 256;
    private const int PerTick = 6;
    private const int KeptPermille = 200;

    private readonly List<Departure> _kept = [];

    public override bool Arrives(FrameReceived frame, Liar liar)
    {
        if (frame.Kind is FrameKind.Consensus or FrameKind.Batches or FrameKind.Blocks)
        {
            Keep(new Departure(liar.Index, frame.Kind, frame.Payload, null), liar.Dice);
        }

        return true;
    }

    public override void Leaves(Departure frame, Liar liar)
    {
        if (frame.To >= 0)
        {
            Keep(frame, liar.Dice);
        }
    }

    public override void Tick(Liar liar)
    {
        for (int i = 0; i < PerTick && _kept.Count > 0; i++)
        {
            Departure old = _kept[liar.Dice.Between(0, _kept.Count - 1)];
            liar.Send(liar.AnyOther(), old.Kind, old.Payload);
        }
    }

    private void Keep(Departure frame, Dice dice)
    {
        if (!dice.Chance(KeptPermille))
        {
            return;
        }

        if (_kept.Count < MaxKept)
        {
            _kept.Add(frame);
        }
        else
        {
            _kept[dice.Between(0, MaxKept - 1)] = frame;
        }
    }
}
