using EnergyNode.Ledger;

namespace EnergyNode.Consensus.Pos;

/// <summary>Proposals of rounds that this node has not reached: of each sender the one of the lowest round.</summary>
internal sealed class LaterProposals(int validators)
{
    private readonly SignedMessage?[] _bySender = new SignedMessage?[validators];

    public void Keep(SignedMessage message)
    {
        // POS-22
        ref SignedMessage? slot = ref _bySender[message.Sender.Value];
        if (slot is null || RoundOf(message) < RoundOf(slot))
        {
            slot = message;
        }
    }

    /// <summary>The sender's proposal of this round; what is of this round or a lower one is forgotten.</summary>
    public SignedMessage? Take(ValidatorIndex sender, View round)
    {
        SignedMessage? found = _bySender[sender.Value] is { } kept && RoundOf(kept) == round ? kept : null;
        for (int i = 0; i < validators; i++)
        {
            if (_bySender[i] is { } past && RoundOf(past) <= round)
            {
                _bySender[i] = null;
            }
        }

        return found;
    }

    public void WriteTo(BorshWriter writer)
    {
        foreach (SignedMessage? message in _bySender)
        {
            writer.Option(message is not null);
            message?.Encode(writer);
        }
    }

    private static View RoundOf(SignedMessage message) =>
        message.Message is ConsensusMessage.Proposal proposal ? proposal.Round : View.Zero;
}
