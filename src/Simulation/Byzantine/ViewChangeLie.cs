using System.Collections.Generic;
using System.Linq;
using EnergyNode.Actors.Ports;
using EnergyNode.Consensus;
using EnergyNode.Ledger;

namespace EnergyNode.Simulation;

/// <summary>
/// Lies about what was prepared: forged certificates for blocks that never were, old certificates as if they were the
/// newest, leaders' justifications that are cut or doubled, and changes to views far ahead.
/// </summary>
internal sealed class ViewChangeLie : Lie
{
    private PreparedCertificate? _stale;
    private Block? _staleBlock;

    public override bool Arrives(FrameReceived frame, Liar liar)
    {
        if (frame.Kind == FrameKind.Consensus && SignedMessage.Decode(frame.Payload.Span) is { } signed)
        {
            (PreparedCertificate? proof, Block? block) = signed.Message switch
            {
                ConsensusMessage.ViewChange { Prepared: [{ } first, ..] } => (first.Certificate, first.Block),
                ConsensusMessage.OpenView { Proof.Chosen: [var first, ..] } => (first.Certificate, first.Block),
                ConsensusMessage.Proposal m => (m.Valid, m.Block),
                ConsensusMessage.Polka m => (m.Certificate, m.Block),
                _ => (null, null),
            };
            if (proof is not null && (_stale is null || proof.Height != _stale.Height || proof.View < _stale.View))
            {
                _stale = proof;
                _staleBlock = block;
            }
        }

        return true;
    }

    public override void Leaves(Departure frame, Liar liar)
    {
        if (frame.Message is { } signed && signed.Sender.Value == liar.Index && liar.Feels()
            && Bend(signed.Message, liar) is { } lie)
        {
            frame.Payload = liar.Sign(lie);
        }
    }

    private ConsensusMessage? Bend(ConsensusMessage message, Liar liar) => message switch
    {
        ConsensusMessage.ViewChange m => liar.Dice.Between(0, 3) switch
        {
            0 => m with { NewView = new View(m.NewView.Value + liar.Dice.Between(1, 5)) },
            1 when _stale is { } stale && stale.Height == m.Height && stale.View < m.NewView =>
                m with { Prepared = [new PreparedBlock(stale, _staleBlock!)] },
            2 when m.Prepared is [.., { } last] => Forged(m, last.Block.Twin(), liar),
            _ => m with { Prepared = [], Decided = [] },
        },
        ConsensusMessage.OpenView m => m with { Proof = Bend(m.Proof, liar) },
        ConsensusMessage.Proposal { Valid: { } valid } m => liar.Dice.Chance(500)
            ? m with { Block = m.Block.Twin(), Valid = valid with { BlockHash = m.Block.Twin().Hash } }
            : m with { Valid = _stale is { } stale && stale.Height == m.Height ? stale : null },
        ConsensusMessage.Polka m => new ConsensusMessage.Polka(
            m.Certificate with { View = m.Certificate.View.Next }, m.Block),
        _ => null,
    };

    private static ConsensusMessage.ViewChange Forged(ConsensusMessage.ViewChange message, Block block, Liar liar)
    {
        List<VoteSignature> votes = [];
        for (int i = 0; i < liar.Validators.Quorum; i++)
        {
            votes.Add(new VoteSignature(new ValidatorIndex(i), default));
        }

        View view = new(message.NewView.Value - 1);
        PreparedCertificate forged = new(block.Height, view, block.Hash, votes);
        return message with { Prepared = [.. message.Prepared.Take(message.Prepared.Count - 1), new(forged, block)] };
    }

    private NewViewProof Bend(NewViewProof proof, Liar liar)
    {
        List<ViewChangeVote> votes = [.. proof.Votes];
        switch (liar.Dice.Between(0, 4))
        {
            case 0:
                votes.RemoveAt(liar.Dice.Between(0, votes.Count - 1));
                return proof with { Votes = votes };
            case 1:
                int at = liar.Dice.Between(0, votes.Count - 1);
                votes[at] = votes[at] with { Prepared = [] };
                return proof with { Votes = votes };
            case 2 when proof.Chosen.Count > 0:
                return proof with { Chosen = [.. proof.Chosen.Take(proof.Chosen.Count - 1)] };
            case 3 when _stale is { } stale && _staleBlock is { } block:
                return proof with { Chosen = [.. proof.Chosen, new PreparedBlock(stale, block)] };
            default:
                return proof with { Decided = [], Cut = null };
        }
    }
}
