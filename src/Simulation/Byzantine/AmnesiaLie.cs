using System.Collections.Generic;
using EnergyNode.Actors.Ports;
using EnergyNode.Consensus;
using EnergyNode.Ledger;

namespace EnergyNode.Simulation;

/// <summary>
/// Forgets what binds it: claims that it prepared nothing, leads as if nobody had, and under PoS prevotes whatever is
/// proposed, whatever it is locked on.
/// </summary>
internal sealed class AmnesiaLie : Lie
{
    private const int MaxProposals = 64;

    private readonly Dictionary<(Height Height, View Round), (Hash32 Block, View? Valid)> _proposed = [];

    public override bool Arrives(FrameReceived frame, Liar liar)
    {
        if (frame.Kind == FrameKind.Consensus
            && SignedMessage.Decode(frame.Payload.Span) is { Message: ConsensusMessage.Proposal proposal })
        {
            if (_proposed.Count == MaxProposals)
            {
                _proposed.Clear();
            }

            _proposed[(proposal.Height, proposal.Round)] = (proposal.Block.Hash, proposal.Valid?.View);
        }

        return true;
    }

    public override void Leaves(Departure frame, Liar liar)
    {
        if (frame.Message is { } signed && signed.Sender.Value == liar.Index
            && Forget(signed.Message, liar) is { } forgetful)
        {
            frame.Payload = liar.Sign(forgetful);
        }
    }

    private ConsensusMessage? Forget(ConsensusMessage message, Liar liar) => message switch
    {
        ConsensusMessage.ViewChange { Prepared.Count: > 0 } m => m with { Prepared = [] },
        ConsensusMessage.OpenView { Proof.Chosen.Count: > 0 } m =>
            m with { Proof = WithoutClaims(m.Proof, liar.Validators.Quorum) },
        ConsensusMessage.Proposal { Valid: not null } m => m with { Block = m.Block.Twin(), Valid = null },
        ConsensusMessage.Prevote m when _proposed.TryGetValue((m.Height, m.Round), out var proposed)
            && m.BlockHash != proposed.Block => m with { BlockHash = proposed.Block, ValidRound = proposed.Valid },
        _ => null,
    };

    /// <summary>If a quorum without claims can be picked it is as good as true; else it is a lie to be seen through.
    /// </summary>
    private static NewViewProof WithoutClaims(NewViewProof proof, int quorum)
    {
        List<ViewChangeVote> votes = [];
        foreach (ViewChangeVote vote in proof.Votes)
        {
            if (vote.Prepared.Count == 0)
            {
                votes.Add(vote);
            }
        }

        return proof with { Votes = votes.Count >= quorum ? votes : proof.Votes, Chosen = [], Cut = null };
    }
}
