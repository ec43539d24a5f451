using System.Collections.Generic;
using EnergyNode.Ledger;

namespace EnergyNode.Consensus;

/// <summary>
/// Messages of the height after the one in progress: of each sender and kind the one of the highest view.
/// </summary>
internal sealed class NextHeightBuffer(int validators)
{
    private const int Kinds = 4;

    private readonly SignedMessage?[] _slots = new SignedMessage?[validators * Kinds];

    /// <param name="message">A proposal or a vote; anything else is passed over.</param>
    public void Keep(SignedMessage message)
    {
        // POS-22
        (int kind, View view) = Place(message.Message);
        if (kind < 0)
        {
            return;
        }

        ref SignedMessage? slot = ref _slots[(kind * validators) + message.Sender.Value];
        if (slot is null || Place(slot.Message).View < view)
        {
            slot = message;
        }
    }

    /// <summary>Takes everything out: proposals first, then the votes on them, each by rising sender.</summary>
    public List<SignedMessage> Drain()
    {
        List<SignedMessage> messages = [];
        for (int i = 0; i < _slots.Length; i++)
        {
            if (_slots[i] is { } message)
            {
                messages.Add(message);
                _slots[i] = null;
            }
        }

        return messages;
    }

    public void WriteTo(BorshWriter writer)
    {
        foreach (SignedMessage? message in _slots)
        {
            writer.Option(message is not null);
            message?.Encode(writer);
        }
    }

    private static (int Kind, View View) Place(ConsensusMessage message) => message switch
    {
        ConsensusMessage.Proposal m => (0, m.Round),
        ConsensusMessage.Prevote m => (1, m.Round),
        ConsensusMessage.Precommit m => (2, m.Round),
        ConsensusMessage.Polka m => (3, m.Certificate.View),
        _ => (-1, View.Zero),
    };
}
