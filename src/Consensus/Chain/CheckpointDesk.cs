using System.Collections.Generic;
using EnergyNode.Ledger;

namespace EnergyNode.Consensus;

/// <summary>
/// Signs the own state, compares it with the others', and makes the certificates. A height's state is signed by the set
/// that decided the height; so the last set's votes are still taken after a change.
/// </summary>
internal sealed class CheckpointDesk
{
    private readonly int _interval;
    private Seats _now;
    private Seats? _before;

    /// <param name="self">Null for an observer, which compares and does not sign.</param>
    /// <param name="since">The first height of the set.</param>
    /// <param name="interval">Every so many heights the state is signed, from 1.</param>
    public CheckpointDesk(VotingPower power, ValidatorIndex? self, Height since, int interval)
    {
        _interval = interval;
        _now = new Seats(power, self, since, new CheckpointKeeper(power));
    }

    /// <summary>This node compares and does not sign, whatever its seat; an observer never signs.</summary>
    public bool IsSilent { get; set; }

    /// <summary>The highest height of which a certificate was made.</summary>
    public Height Certified => _before is { } before && before.Keeper.Certified > _now.Keeper.Certified
        ? before.Keeper.Certified
        : _now.Keeper.Certified;

    /// <summary>From a height on another set decides.</summary>
    public void ChangeSet(VotingPower power, ValidatorIndex? self, Height since)
    {
        _before = _now;
        _now = new Seats(power, self, since, new CheckpointKeeper(power));
    }

    /// <returns>False when a quorum's state differs: the node must stop.</returns>
    public bool OnExecuted(ConsensusInput.Applied applied, List<ConsensusEffect> effects)
    {
        if (applied.Height < _now.Since)
        {
            return true;
        }

        ConsensusMessage.CheckpointVote state = new(
            applied.Height, applied.StateRoot, applied.ReceiptsRoot, applied.Next.Hash);
        _now.Keeper.AddOwn(state);

        // STAKE-11
        bool isLast = applied.Next.Hash != _now.Power.SetHash || applied.Height == applied.LastHeight;
        if (state.Height.Value % _interval == 0 || isLast)
        {
            Vote(state.Height, effects);
        }

        return CheckQuorum(_now, state.Height, effects);
    }

    /// <summary>Signs the state after an executed height, unless it or a later one was signed.</summary>
    public void Vote(Height height, List<ConsensusEffect> effects)
    {
        // R22, POS-20
        CheckpointKeeper keeper = _now.Keeper;
        bool hasVoted = keeper.OwnVote is { } last && last.Height >= height;
        bool maySign = _now.Self is not null && !IsSilent;
        if (maySign && !hasVoted && height > Height.Genesis && keeper.OwnAt(height) is { } vote)
        {
            keeper.OwnVote = vote;
            effects.Add(new ConsensusEffect.Broadcast(vote));
        }
    }

    /// <returns>False when a quorum's state differs: the node must stop.</returns>
    public bool OnVote(SignedMessage message, List<ConsensusEffect> effects)
    {
        Height height = message.Message.Height;
        Seats? seats = height >= _now.Since ? _now : _before is { } before && height >= before.Since ? before : null;
        return seats is null || message.Sender.Value >= seats.Power.Validators || !seats.Keeper.Add(message)
            || CheckQuorum(seats, height, effects);
    }

    /// <summary>Repeats the own votes for who has executed their heights and lacks the certificate.</summary>
    public void Answer(ValidatorIndex peer, ConsensusMessage.Status status, List<ConsensusEffect> effects)
    {
        foreach (Seats? seats in (Seats?[])[_before, _now])
        {
            if (seats?.Keeper.OwnVote is { } vote && vote.Height > status.Certified && vote.Height < status.Height)
            {
                effects.Add(new ConsensusEffect.Send(peer, vote));
            }
        }
    }

    public void WriteTo(BorshWriter writer)
    {
        _now.Keeper.WriteTo(writer);
        writer.Option(_before is not null);
        _before?.Keeper.WriteTo(writer);
    }

    private static bool CheckQuorum(Seats seats, Height height, List<ConsensusEffect> effects)
    {
        if (seats.Keeper.OwnAt(height) is not { } own
            || seats.Keeper.Quorum(height) is not { } certificate)
        {
            return true;
        }

        bool agrees = certificate.StateRoot == own.StateRoot && certificate.ReceiptsRoot == own.ReceiptsRoot
            && certificate.NextValidators == own.NextValidators;
        if (agrees)
        {
            seats.Keeper.MarkCertified(height);
            effects.Add(new ConsensusEffect.Checkpointed(certificate));
        }
        else
        {
            // R22, POS-21
            effects.Add(new ConsensusEffect.Diverged(height, own.StateRoot, certificate.StateRoot));
        }

        return agrees;
    }

    private sealed record Seats(VotingPower Power, ValidatorIndex? Self, Height Since, CheckpointKeeper Keeper);
}
