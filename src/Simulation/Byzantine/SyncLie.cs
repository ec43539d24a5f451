using System;
using EnergyNode.Actors.Ports;
using EnergyNode.Consensus;
using EnergyNode.Ledger;

namespace EnergyNode.Simulation;

/// <summary>Answers who is behind with wrong, cut or no blocks, and says that it is ahead when it is not.</summary>
internal sealed class SyncLie : Lie
{
    private const int MaxBoast = 100;
    private const int IgnorePermille = 250;

    public override bool Arrives(FrameReceived frame, Liar liar) =>
        frame.Kind != FrameKind.BlockRequest || !liar.Dice.Chance(IgnorePermille);

    public override void Leaves(Departure frame, Liar liar)
    {
        if (frame.Kind == FrameKind.Blocks && liar.Feels())
        {
            Spoil(frame, liar.Dice);
        }
        else if (frame.Message is { Message: ConsensusMessage.Status status } && liar.Feels())
        {
            Height height = new(status.Height.Value + liar.Dice.Between(1, MaxBoast));
            Height certified = liar.Dice.Chance(500) ? status.Certified : height;
            frame.Payload = liar.Sign(new ConsensusMessage.Status(height, status.View, certified));
        }
    }

    private static void Spoil(Departure frame, Dice dice)
    {
        byte[] bytes = frame.Payload.ToArray();
        switch (dice.Between(0, 3))
        {
            case 0:
                frame.Payload = bytes.AsMemory(0, dice.Between(0, bytes.Length - 1));
                break;
            case 1:
                bytes[dice.Between(0, bytes.Length - 1)] ^= (byte)(1 << dice.Between(0, 7));
                frame.Payload = bytes;
                break;
            case 2:
                BorshWriter empty = new();
                empty.Version(1);
                empty.I64(1);
                empty.Count(0);
                frame.Payload = empty.ToArray();
                break;
            default:
                frame.IsDropped = true;
                break;
        }
    }
}
