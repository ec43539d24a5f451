using System;
using EnergyNode.Actors.Ports;
using EnergyNode.Consensus;
using EnergyNode.Ledger;

namespace EnergyNode.Simulation;

/// <summary>Sends bursts: noise of every kind, requests for everything, statements about far heights.</summary>
internal sealed class FloodLie : Lie
{
    private const int PerTick = 24;
    private const int MaxNoiseBytes = 200;

    private ReadOnlyMemory<byte> _last;

    public override void Leaves(Departure frame, Liar liar)
    {
        if (frame.Kind == FrameKind.Consensus)
        {
            _last = frame.Payload;
        }
    }

    public override void Tick(Liar liar)
    {
        if (!liar.Feels())
        {
            return;
        }

        int victim = liar.AnyOther();
        for (int i = 0; i < PerTick; i++)
        {
            (FrameKind kind, ReadOnlyMemory<byte> payload) = Next(liar);
            liar.Send(victim, kind, payload);
        }
    }

    private (FrameKind Kind, ReadOnlyMemory<byte> Payload) Next(Liar liar)
    {
        switch (liar.Dice.Between(0, 4))
        {
            case 0:
                return (FrameKind.Consensus, _last);
            case 1:
                return (FrameKind.BlockRequest, BlockRequest(liar.Dice.Between(1, 20)));
            case 2:
                Height far = new(liar.Dice.Between(1, 1_000));
                View view = new(liar.Dice.Between(0, 50));
                return (FrameKind.Consensus, liar.Sign(new ConsensusMessage.Status(far, view, far)));
            case 3:
                return (FrameKind.Consensus, liar.Sign(
                    new ConsensusMessage.Prepare(new Height(liar.Dice.Between(1, 200)), View.Zero, Hash32.Of([1]))));
            default:
                return ((FrameKind)liar.Dice.Between(1, 6), Noise(liar.Dice));
        }
    }

    private static byte[] BlockRequest(long from)
    {
        BorshWriter writer = new();
        writer.Version(1);
        writer.I64(from);
        return writer.ToArray();
    }

    private static byte[] Noise(Dice dice)
    {
        byte[] bytes = new byte[dice.Between(0, MaxNoiseBytes)];
        for (int i = 0; i < bytes.Length; i++)
        {
            bytes[i] = (byte)dice.Between(0, byte.MaxValue);
        }

        return bytes;
    }
}
