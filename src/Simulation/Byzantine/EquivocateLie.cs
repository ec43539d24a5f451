using System.Collections.Generic;
using EnergyNode.Consensus;
using EnergyNode.Ledger;

namespace EnergyNode.Simulation;

/// <summary>Shows one half of the others a second block for each slot that it leads, and votes for it there.</summary>
internal sealed class EquivocateLie : Lie
{
    private const int MaxTwins = 64;

    private readonly Dictionary<Hash32, Block> _twins = [];

    public override void Leaves(Departure frame, Liar liar)
    {
        if (frame.Message is not { } signed || signed.Sender.Value != liar.Index)
        {
            return;
        }

        ConsensusMessage message = signed.Message;
        if (message.IsProposal(out _, out Block block) && message.IsFresh())
        {
            Block twin = TwinOf(block);
            if (IsFooled(message.Height, frame.To, liar))
            {
                frame.Payload = liar.Sign(message.With(twin));
            }
        }
        else if (message.IsVote(out _, out Hash32? hash)
            && hash is { } known
            && _twins.TryGetValue(known, out Block? other)
            && IsFooled(message.Height, frame.To, liar))
        {
            frame.Payload = liar.Sign(message.For(other.Hash));
        }
    }

    private Block TwinOf(Block block)
    {
        if (!_twins.TryGetValue(block.Hash, out Block? twin))
        {
            if (_twins.Count == MaxTwins)
            {
                _twins.Clear();
            }

            twin = block.Twin();
            _twins.Add(block.Hash, twin);
        }

        return twin;
    }

    private static bool IsFooled(Height height, int peer, Liar liar) =>
        liar.FeelsAbout(((ulong)height.Value << 8) + (ulong)peer, 500);
}
