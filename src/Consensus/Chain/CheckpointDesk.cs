using System.Collections.Generic;
using EnergyNode.Ledger;

namespace EnergyNode.Consensus;

/// <summary>Signs the own state, compares it with the others', and makes the certificates.</summary>
/// <param name="self">Null for an observer, which compares and does not sign.</param>
/// <param name="interval">Every so many heights the state is signed, from 1.</param>
internal sealed class CheckpointDesk(VotingPower power, ValidatorIndex? self, int interval)
{
    private readonly CheckpointKeeper _keeper = new(power.Validators);

    /// <summary>This node compares and does not sign.</summary>
    public bool IsSilent { get; set; } = self is null;

    /// <summary>The highest height of which a certificate was made.</summary>
    public Height Certified => _keeper.Certified;

    /// <returns>False when a quorum's state differs: the node must stop.</returns>
    public bool OnExecuted(ConsensusInput.Applied applied, List<ConsensusEffect> effects)
    {
        ConsensusMessage.CheckpointVote state = new(
            applied.Height, applied.StateRoot, applied.ReceiptsRoot, applied.Next.Hash);
        _keeper.AddOwn(state);
        if (state.Height.Value % interval == 0)
        {
            Vote(state.Height, effects);
        }

        return CheckQuorum(state.Height, effects);
    }

    /// <summary>Signs the state after an executed height, unless it or a later one was signed.</summary>
    public void Vote(Height height, List<ConsensusEffect> effects)
    {
        // R22, POS-20
        bool hasVoted = _keeper.OwnVote is { } last && last.Height >= height;
        if (!IsSilent && !hasVoted && height > Height.Genesis && _keeper.OwnAt(height) is { } vote)
        {
            _keeper.OwnVote = vote;
            effects.Add(new ConsensusEffect.Broadcast(vote));
        }
    }

    /// <returns>False when a quorum's state differs: the node must stop.</returns>
    public bool OnVote(SignedMessage message, List<ConsensusEffect> effects) =>
        !_keeper.Add(message) || CheckQuorum(message.Message.Height, effects);

    /// <summary>Repeats the own vote for who has executed its height and lacks the certificate.</summary>
    public void Answer(ValidatorIndex peer, ConsensusMessage.Status status, List<ConsensusEffect> effects)
    {
        if (_keeper.OwnVote is { } vote && vote.Height > status.Certified && vote.Height < status.Height)
        {
            effects.Add(new ConsensusEffect.Send(peer, vote));
        }
    }

    public void WriteTo(BorshWriter writer) => _keeper.WriteTo(writer);

    private bool CheckQuorum(Height height, List<ConsensusEffect> effects)
    {
        if (_keeper.OwnAt(height) is not { } own || _keeper.Quorum(height, power) is not { } certificate)
        {
            return true;
        }

        bool agrees = certificate.StateRoot == own.StateRoot && certificate.ReceiptsRoot == own.ReceiptsRoot
            && certificate.NextValidators == own.NextValidators;
        if (agrees)
        {
            _keeper.MarkCertified(height);
            effects.Add(new ConsensusEffect.Checkpointed(certificate));
        }
        else
        {
            // R22, POS-21
            effects.Add(new ConsensusEffect.Diverged(height, own.StateRoot, certificate.StateRoot));
        }

        return agrees;
    }
}
