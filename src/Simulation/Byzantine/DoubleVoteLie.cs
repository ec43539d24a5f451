using EnergyNode.Actors.Ports;
using EnergyNode.Consensus;
using EnergyNode.Ledger;

namespace EnergyNode.Simulation;

/// <summary>Votes twice in one slot: for the block, and for another one that it saw or made up, or for none.</summary>
internal sealed class DoubleVoteLie : Lie
{
    private SignedMessage? _last;
    private ConsensusMessage? _second;
    private Hash32 _seen;

    public override bool Arrives(FrameReceived frame, Liar liar)
    {
        if (frame.Kind == FrameKind.Consensus
            && SignedMessage.Decode(frame.Payload.Span) is { } signed
            && signed.Message.IsProposal(out _, out Block block))
        {
            _seen = block.Hash;
        }

        return true;
    }

    public override void Leaves(Departure frame, Liar liar)
    {
        if (frame.Message is not { } signed || signed.Sender.Value != liar.Index)
        {
            return;
        }

        if (!ReferenceEquals(signed, _last))
        {
            _last = signed;
            _second = liar.Feels() ? Second(signed.Message, liar.Dice) : null;
        }

        if (_second is not null)
        {
            byte[] other = liar.Sign(_second);
            bool first = liar.Dice.Chance(500);
            liar.Send(frame.To, FrameKind.Consensus, first ? other : frame.Payload);
            frame.Payload = first ? frame.Payload : other;
        }
    }

    private ConsensusMessage? Second(ConsensusMessage message, Dice dice)
    {
        if (message is ConsensusMessage.CheckpointVote vote)
        {
            return vote with { StateRoot = Hash32.Of(vote.StateRoot.ToArray()) };
        }

        if (!message.IsVote(out _, out Hash32? block))
        {
            return null;
        }

        bool pos = message is ConsensusMessage.Prevote or ConsensusMessage.Precommit;
        Hash32 made = block is { } hash ? Hash32.Of(hash.ToArray()) : _seen;
        Hash32? other = pos && block is not null && dice.Chance(400) ? null
            : _seen != default && _seen != block && dice.Chance(700) ? _seen
            : made;
        return message.For(other);
    }
}
