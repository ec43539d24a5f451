using EnergyNode.Ledger;

namespace EnergyNode.Consensus.Pbft;

/// <summary>
/// Proposals of one height whose view or parent is not there yet: of each sender the last one of the lowest view that
/// is not past. A sender leads few views, so it fills its own place only.
/// </summary>
internal sealed class WaitingProposals(int validators)
{
    private readonly SignedMessage?[] _bySender = new SignedMessage?[validators];

    /// <param name="current">The view in progress: what is of a lower one gives way.</param>
    public void Keep(SignedMessage message, View current)
    {
        // R23
        ref SignedMessage? slot = ref _bySender[message.Sender.Value];
        if (slot is null || ViewOf(slot) < current || ViewOf(message) <= ViewOf(slot))
        {
            slot = message;
        }
    }

    public SignedMessage? Find(ValidatorIndex leader, View view) =>
        _bySender[leader.Value] is { } message && ViewOf(message) == view ? message : null;

    public void WriteTo(BorshWriter writer)
    {
        foreach (SignedMessage? message in _bySender)
        {
            writer.Option(message is not null);
            message?.Encode(writer);
        }
    }

    private static View ViewOf(SignedMessage message) =>
        message.Message is ConsensusMessage.PrePrepare proposal ? proposal.View : View.Zero;
}
