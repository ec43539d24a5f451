using EnergyNode.Ledger;

namespace EnergyNode.Consensus;

/// <summary>
/// What a validator that lost its storage says and hears until it may vote again (R26 of docs/spec/pbft.md, POS-25 of
/// docs/spec/pos.md). The protocols share it; the shell keeps the doubt durable.
/// </summary>
internal sealed class SilenceDesk
{
    private readonly int _window;
    private readonly Duration _resendDelay;
    private RejoinWatch _watch;
    private bool _canBeTold;
    private Instant _saidBlank;

    /// <param name="self">Null for one that is not in the set.</param>
    /// <param name="since">The first height of the set.</param>
    /// <param name="window">Heights in flight: 1 where each waits for the one below.</param>
    /// <param name="resendDelay">A blank validator says so at least this often.</param>
    public SilenceDesk(VotingPower power, ValidatorIndex? self, Height since, int window, Duration resendDelay)
    {
        _window = window;
        _resendDelay = resendDelay;
        _watch = Watch(power, self, since);
    }

    /// <summary>Why this validator does not vote; null when it knows its promises.</summary>
    public Doubt? Doubt { get; set; }

    /// <summary>It is in the set, and does not vote.</summary>
    public bool IsSilent => Doubt is not null && _canBeTold;

    /// <summary>It does not know yet when it may vote.</summary>
    public bool IsBlank => IsSilent && Doubt!.IsUnknown;

    public ConsensusStatus AddTo(ConsensusStatus status) =>
        status with { Doubt = Doubt, SilentUntil = IsSilent ? Doubt!.Until : null };

    public void ChangeSet(VotingPower next, ValidatorIndex? self, Height since)
    {
        _watch = Watch(next, self, since);
        Doubt = Doubt?.At(since, new Height(since.Value - 1));
    }

    /// <summary>Another validator has promised something.</summary>
    public void NoteSpoken(ValidatorIndex peer) => _watch.NoteSpoken(peer);

    /// <summary>A height is decided: it may be one above which no earlier life can have voted.</summary>
    public void EndAt(Height decided)
    {
        // R26, POS-25
        if (Doubt is { IsUnknown: false } doubt && decided >= doubt.Until)
        {
            Doubt = null;
        }
    }

    /// <summary>Whether it is time to ask again where the others work, also where heights pass faster than timers.
    /// </summary>
    public bool IsTimeToAsk(Instant now)
    {
        if (!IsBlank || now.Since(_saidBlank).Micros < _resendDelay.Micros)
        {
            return false;
        }

        _saidBlank = now;
        return true;
    }

    /// <summary>Takes what another validator says of itself.</summary>
    /// <param name="isNews">This one is blank, and had not heard from the other.</param>
    /// <returns>Whether this one may vote from now on.</returns>
    public bool Take(
        ValidatorIndex? self, ValidatorIndex peer, ConsensusMessage.Status status, out bool isNews)
    {
        isNews = false;
        if (!IsBlank)
        {
            return false;
        }

        isNews = _watch.Note(peer, status.Height, status.IsBlank);
        if (_watch.IsNewChain(self))
        {
            _watch.Begin();
            Doubt = null;
            return true;
        }

        if (_watch.Told() is { } told)
        {
            Doubt = new Doubt(told, _window);
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

        bool isNewToo = status.IsBlank && own.Height == _watch.First && _watch.BeganWith(peer);
        return own with { IsBlank = own.IsBlank || isNewToo };
    }

    public void WriteTo(BorshWriter writer)
    {
        _watch.WriteTo(writer);
        writer.I64(Doubt?.Told.Value ?? -1);
        writer.I64(Doubt?.Window ?? -1);
        writer.Bool(_canBeTold);
    }

    private RejoinWatch Watch(VotingPower power, ValidatorIndex? self, Height since)
    {
        RejoinWatch watch = new(power, since);
        _canBeTold = self is { } own && watch.CanBeTold(own);
        return watch;
    }
}
