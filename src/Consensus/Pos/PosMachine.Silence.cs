using EnergyNode.Ledger;

namespace EnergyNode.Consensus.Pos;

/// <summary>A validator that lost its storage follows, asks, and does not vote until its old votes are past.</summary>
public sealed partial class PosMachine
{
    private readonly SilenceDesk _silence;

    /// <summary>Whether it may have forgotten promises, and so does not vote.</summary>
    public bool IsSilent => _silence.IsSilent;

    private bool CanVote => _self is not null && !_silence.IsSilent;

    private void HeedSilence() => _checkpoints.IsSilent = _silence.IsSilent;

    /// <summary>A height is decided.</summary>
    private void EndSilence(Height decided)
    {
        // POS-25
        _silence.EndAt(decided);
        HeedSilence();
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
        if (_silence.Take(_self, peer, status, out bool isNews))
        {
            HeedSilence();
            Advance();
        }

        return isNews;
    }
}
