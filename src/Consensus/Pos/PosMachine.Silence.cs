using EnergyNode.Ledger;

namespace EnergyNode.Consensus.Pos;

/// <summary>A validator that lost its storage follows, asks, and does not vote until its old votes are past.</summary>
public sealed partial class PosMachine
{
    private readonly SilenceDesk _silence;

    /// <summary>Where the last record of the silence stands; 0 when it must be written.</summary>
    private Height _standingUntil;

    /// <summary>Whether it may have forgotten promises, and so does not vote.</summary>
    public bool IsSilent => _silence.IsSilent;

    private bool CanVote => _self is not null && !_silence.IsSilent;

    private void SetSilence(Silence? silence)
    {
        _silence.Silence = silence;
        _checkpoints.IsSilent = silence is not null;
    }

    private void ChangeSilence(Silence? silence)
    {
        SetSilence(silence);
        _standingUntil = default;
        KeepStanding(_at.Height);
    }

    /// <summary>A record of a height is deleted with it: the silence is written ahead, and again in time.</summary>
    private void KeepStanding(Height height)
    {
        // POS-3, POS-25
        bool isKept = _silence.IsSilent || _options.MayHaveForgotten;
        if (_self is not null && isKept && _standingUntil <= height)
        {
            _standingUntil = new Height(height.Value + Limits.StandingHeights);
            Emit(new ConsensusEffect.Persist(new RoundPromise.Standing(_silence.Silence).ToRecord(_standingUntil)));
        }
    }

    private void BeginSilence()
    {
        // POS-25
        if (_self is { } self && _options.MayHaveForgotten && _silence.CanBeTold(self))
        {
            SetSilence(Silence.Unknown);
            KeepStanding(_at.Height);
        }
    }

    private void Restore(SafetyRecord record, RoundPromise.Standing standing)
    {
        _standingUntil = record.Height;
        SetSilence(standing.Silence);
    }

    /// <summary>A height is decided.</summary>
    private void EndSilence(Height decided)
    {
        // POS-25
        if (_silence.EndsAt(decided))
        {
            ChangeSilence(null);
        }

        KeepStanding(decided);
    }

    private void SayBlank()
    {
        // POS-25
        if (_self is not null && _silence.IsTimeToAsk(_now))
        {
            Broadcast(OwnStatus());
        }
    }

    /// <returns>Whether this node is blank and had not heard from the peer.</returns>
    private bool NoteReport(ValidatorIndex peer, ConsensusMessage.Status status)
    {
        // POS-25
        if (_silence.Take(_self, peer, status, out Silence? next, out bool isNews))
        {
            ChangeSilence(next);
            if (next is null)
            {
                Advance();
            }
        }

        return isNews;
    }
}
