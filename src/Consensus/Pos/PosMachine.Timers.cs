using EnergyNode.Ledger;

namespace EnergyNode.Consensus.Pos;

/// <summary>Time-outs: what starts them, and what happens when a round takes too long.</summary>
public sealed partial class PosMachine
{
    private void OnTimeout(TimeoutId id)
    {
        // POS-23
        if (id.Height != _at.Height)
        {
            return;
        }

        switch (id.Kind)
        {
            case TimeoutKind.Resend when _at.IsResending:
                OnResend();
                break;
            case TimeoutKind.Idle:
                OnIdle();
                break;
            case TimeoutKind.Propose or TimeoutKind.Prevote or TimeoutKind.Precommit
                when _decided is null && id.View == _at.Round && _at.Timers.Contains(id.Kind):
                OnRoundTimeout(id.Kind);
                break;
        }
    }

    private void OnRoundTimeout(TimeoutKind kind)
    {
        switch (kind)
        {
            case TimeoutKind.Propose:
                // L57, L59, L60
                PrevoteNil();
                break;
            case TimeoutKind.Prevote when _at.Step == RoundStep.Prevote:
                // L61, L63, L64
                PrecommitNil();
                break;
            case TimeoutKind.Precommit:
                // L65, L67
                StartRound(_at.Round.Next);
                break;
        }

        Advance();
    }

    /// <summary>A quorum has voted: the rest gets so much time, and no more.</summary>
    private void WatchVotes()
    {
        if (!CanVote)
        {
            return;
        }

        if (_at.Step == RoundStep.Prevote && _at.Prevotes.HasQuorum(_at.Round))
        {
            // L34, L35
            StartTimer(TimeoutKind.Prevote, _options.VoteTimeout);
        }

        if (_at.Precommits.HasQuorum(_at.Round))
        {
            // L47, L48
            StartTimer(TimeoutKind.Precommit, _options.VoteTimeout);
        }
    }

    /// <summary>Something is under way at this height: do not let it stall, and do not let it be lost.</summary>
    private void NoteWork()
    {
        if (_decided is not null || !IsUnderWay())
        {
            return;
        }

        EnsureResend();
        if (CanVote && _at.Step == RoundStep.Propose && HasWork())
        {
            // L21
            StartTimer(TimeoutKind.Propose, _options.ProposeTimeout);
        }
    }

    /// <summary>A liar alone cannot pretend that work waits, nor keep rounds going when none does.</summary>
    private bool HasWork()
    {
        // POS-10
        return _at.Round > View.Zero || _at.Offer is not null || _at.Accepted is not null || _at.Own.Any
            || _at.Valid is not null || _at.Voted.Reached() is not null;
    }

    private void StartTimer(TimeoutKind kind, Duration initial)
    {
        if (!_at.Timers.Contains(kind))
        {
            _at.Timers.Add(kind);
            SetTimeout(kind, _at.Round, TimeoutOf(initial));
        }
    }

    private void StopTimers()
    {
        foreach (TimeoutKind kind in _at.Timers)
        {
            Emit(new ConsensusEffect.CancelTimeout(kind));
        }

        _at.Timers.Clear();
    }

    private Duration TimeoutOf(Duration initial)
    {
        // POS-10: 2³⁰ rounds of 2³² µs (an hour) stay below 2⁶³
        long micros = initial.Micros + (_options.TimeoutIncrease.Micros * _at.Round.Value);
        return new Duration(micros < _options.MaxTimeout.Micros ? micros : _options.MaxTimeout.Micros);
    }
}
