using EnergyNode.Actors.Ports;

namespace EnergyNode.Simulation;

/// <summary>Leaves some of the others out: at each height other ones, and now and then everybody.</summary>
internal sealed class WithholdLie : Lie
{
    private const int LeftOutPermille = 400;
    private const int AllPermille = 150;
    private const int PayloadPermille = 500;

    public override void Leaves(Departure frame, Liar liar)
    {
        if (frame.Message is { } signed)
        {
            ulong height = (ulong)signed.Message.Height.Value << 16;
            ulong kind = (ulong)signed.Message.GetType().Name.Length << 8;
            frame.IsDropped |= liar.FeelsAbout(height + kind + (ulong)frame.To, LeftOutPermille)
                || liar.FeelsAbout(height + kind + 0xFF, AllPermille);
        }
        else if (frame.Kind is FrameKind.Batches or FrameKind.BatchAnnounce or FrameKind.Blocks)
        {
            frame.IsDropped |= liar.Dice.Chance(PayloadPermille);
        }
    }
}
