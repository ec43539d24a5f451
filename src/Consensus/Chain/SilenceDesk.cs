using EnergyNode.Ledger;

namespace EnergyNode.Consensus;

/// <summary>
/// What a validator that lost its storage says and hears until it may vote again (R26 of docs/spec/pbft.md, POS-25 of
/// docs/spec/pos.md). The protocols share it; each keeps the silence durable in a record of its own.
/// </summary>
/// <param name="window">Heights in flight: 1 where each waits for the one below.</param>
/// <param name="resendDelay">A blank validator says so at least this often.</param>
internal sealed class SilenceDesk(VotingPower first, int window, Duration resendDelay)
{
    private RejoinWatch _watch = new(first, window);
    private Instant _saidBlank;

    /// <summary>What keeps this validator from voting; null when nothing does.</summary>
    public Silence? Silence { get; set; }

    public bool IsSilent => Silence is not null;

    /// <summary>It does not know yet when it may vote.</summary>
    public bool IsBlank => Silence is { } silence && silence.Until == Height.Genesis;

    /// <summary>Whether there are others enough for a quorum without this one.</summary>
    public bool CanBeTold(ValidatorIndex self) => _watch.CanBeTold(self);

    public void ChangeSet(VotingPower next) => _watch = new RejoinWatch(next, window);

    /// <summary>Another validator has promised something.</summary>
    public void NoteSpoken(ValidatorIndex peer) => _watch.NoteSpoken(peer);

    /// <summary>Whether the decision of a height ends the silence: no earlier life can have voted above it.</summary>
    public bool EndsAt(Height decided) =>
        Silence is { } silence && silence.Until > Height.Genesis && decided >= silence.Until;

    /// <summary>Whether it is time to ask again where the others work, also where heights pass faster than timers.
    /// </summary>
    public bool IsTimeToAsk(Instant now)
    {
        if (!IsBlank || now.Since(_saidBlank).Micros < resendDelay.Micros)
        {
            return false;
        }

        _saidBlank = now;
        return true;
    }

    /// <summary>Takes what another validator says of itself.</summary>
    /// <param name="next">What keeps this one from voting from now on.</param>
    /// <param name="isNews">This one is blank, and had not heard from the other.</param>
    /// <returns>Whether that changes.</returns>
    public bool Take(
        ValidatorIndex? self, ValidatorIndex peer, ConsensusMessage.Status status, out Silence? next, out bool isNews)
    {
        next = Silence;
        isNews = false;
        if (!IsBlank)
        {
            return false;
        }

        isNews = _watch.Note(peer, status.Height, status.IsBlank);
        if (_watch.IsNewChain(self))
        {
            _watch.Begin();
            next = null;
            return true;
        }

        if (_watch.Until() is { } until)
        {
            next = new Silence(until);
            return true;
        }

        return false;
    }

    /// <summary>The answer to a status of a lower height, and to a blank one unless blank oneself.</summary>
    /// <param name="own">This validator's status.</param>
    /// <returns>Null when none is due.</returns>
    public ConsensusMessage.Status? Answer(
        ValidatorIndex peer, ConsensusMessage.Status status, ConsensusMessage.Status own, bool isNews)
    {
        // R28, POS-17
        if (status.Height >= own.Height && !(status.IsBlank && (isNews || !own.IsBlank)))
        {
            return null;
        }

        bool isNewToo = status.IsBlank && own.Height == Height.Genesis.Next && _watch.BeganWith(peer);
        return own with { IsBlank = own.IsBlank || isNewToo };
    }

    public void WriteTo(BorshWriter writer)
    {
        _watch.WriteTo(writer);
        writer.I64(Silence?.Until.Value ?? -1);
    }
}
