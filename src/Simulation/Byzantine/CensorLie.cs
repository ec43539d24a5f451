using System.Collections.Generic;
using EnergyNode.Actors.Ports;
using EnergyNode.Ledger;

namespace EnergyNode.Simulation;

/// <summary>Never proposes some of the batches, always the same ones, and keeps them from the others.</summary>
internal sealed class CensorLie : Lie
{
    private const int CensoredPermille = 300;

    private Block? _last;
    private Block? _censored;

    public override void Leaves(Departure frame, Liar liar)
    {
        if (frame.Kind is FrameKind.Batches or FrameKind.BatchAnnounce)
        {
            frame.IsDropped = true;
            return;
        }

        if (frame.Message is { } signed
            && signed.Sender.Value == liar.Index
            && signed.Message.IsProposal(out _, out Block block)
            && signed.Message.IsFresh()
            && block.Batches.Count > 0)
        {
            Block? censored = Censor(block, liar);
            frame.IsDropped |= censored is null;
            if (censored is not null && censored != block)
            {
                frame.Payload = liar.Sign(signed.Message.With(censored));
            }
        }
    }

    /// <returns>Null when nothing is left.</returns>
    private Block? Censor(Block block, Liar liar)
    {
        if (!ReferenceEquals(block, _last))
        {
            _last = block;
            List<Hash32> kept = [];
            foreach (Hash32 batch in block.Batches)
            {
                if (!liar.FeelsAbout(Fingerprint.Of(batch.ToArray()), CensoredPermille))
                {
                    kept.Add(batch);
                }
            }

            _censored = kept.Count == 0 ? null
                : kept.Count == block.Batches.Count ? block
                : Block.Create(block.Header, kept);
        }

        return _censored;
    }
}
