using System;
using EnergyNode.Actors.Ports;
using EnergyNode.Consensus;
using EnergyNode.Ledger;

namespace EnergyNode.Simulation;

/// <summary>Changes a small thing in what it says or passes on, and signs it again where that is possible.</summary>
internal sealed class MutateLie : Lie
{
    private const int SenderOffset = sizeof(ushort);
    private const int StatementOffset = 2 * sizeof(ushort) + sizeof(uint);
    private const int BesidePermille = 500;

    private Hash32 _oldBlock = Hash32.Of([2]);

    public override void Leaves(Departure frame, Liar liar)
    {
        if (frame.Message is not { } signed || !liar.Feels())
        {
            return;
        }

        byte[] changed = liar.Dice.Between(0, 3) switch
        {
            0 => SwapSender(frame.Payload, liar),
            1 => FlipBit(frame.Payload, liar.Dice),
            _ => liar.Sign(Change(signed.Message, liar.Dice)),
        };
        if (signed.Message.IsVote(out _, out Hash32? block) && block is { } hash && liar.Dice.Chance(50))
        {
            _oldBlock = hash;
        }

        if (liar.Dice.Chance(BesidePermille))
        {
            liar.Send(frame.To, FrameKind.Consensus, changed);
        }
        else
        {
            frame.Payload = changed;
        }
    }

    private ConsensusMessage Change(ConsensusMessage message, Dice dice)
    {
        int step = dice.Chance(700) ? 1 : -1;
        bool stale = dice.Chance(300);
        return message switch
        {
            ConsensusMessage.Prepare m when stale => m with { BlockHash = _oldBlock },
            ConsensusMessage.Commit m when stale => m with { BlockHash = _oldBlock },
            ConsensusMessage.Prevote m when stale => m with { BlockHash = _oldBlock },
            ConsensusMessage.Precommit m when stale => m with { BlockHash = _oldBlock },
            ConsensusMessage.Prepare m => m with { View = Moved(m.View, step) },
            ConsensusMessage.Commit m => m with { View = Moved(m.View, step) },
            ConsensusMessage.Prevote m => m with { Round = Moved(m.Round, step) },
            ConsensusMessage.Precommit m => m with { Round = Moved(m.Round, step) },
            ConsensusMessage.Proposal m => m with { Round = Moved(m.Round, step) },
            ConsensusMessage.PrePrepare m => m with { View = Moved(m.View, step) },
            ConsensusMessage.ViewChange m => m with { NewView = new View(m.NewView.Value + 1) },
            ConsensusMessage.Status m => m with { View = Moved(m.View, step) },
            ConsensusMessage.CheckpointVote m => m with { ReceiptsRoot = _oldBlock },
            _ => message,
        };
    }

    private static View Moved(View view, int step) => new(Math.Max(0, view.Value + step));

    private static byte[] SwapSender(ReadOnlyMemory<byte> payload, Liar liar)
    {
        byte[] bytes = payload.ToArray();
        bytes[SenderOffset] = (byte)liar.AnyOther();
        return bytes;
    }

    private static byte[] FlipBit(ReadOnlyMemory<byte> payload, Dice dice)
    {
        byte[] bytes = payload.ToArray();
        bytes[dice.Between(StatementOffset, bytes.Length - 1)] ^= (byte)(1 << dice.Between(0, 7));
        return bytes;
    }
}
