using EnergyNode.Ledger;

namespace EnergyNode.Consensus.Pbft;

/// <summary>Timers and the change of views (§4.4, §4.5.2).</summary>
public sealed partial class PbftMachine
{
    private void StartViewChange(View view)
    {
        if (_self is null || _decided is not null || view.Value > Limits.MaxView)
        {
            return;
        }

        // R11
        EnterView(view);
        _at.OwnViewChange = _at.ViewChangeTo(view);

        // R3
        Persist(new SafetyEntry.ViewChanged(view));
        Broadcast(_at.OwnViewChange);
        NoteWork();
    }

    private void EnterView(View view)
    {
        StopViewTimer();
        _at.EnterView(view);
    }

    private void OnViewChange(SignedMessage message)
    {
        if (!_at.ViewChanges.Add(message) || _decided is not null)
        {
            return;
        }

        if (_at.ViewChanges.ViewToJoin(_at.View, _set.MaxFaulty) is { } view)
        {
            // R12
            StartViewChange(view);
        }

        TryOpenView();
    }

    /// <summary>Something is under way at this height: do not let it stall, and do not let it be lost.</summary>
    private void NoteWork()
    {
        if (_decided is not null)
        {
            return;
        }

        EnsureResend();

        if (_self is not null && _at.TimerView is null && HasWork() && IsViewOpen())
        {
            _at.TimerView = _at.View;
            SetTimeout(TimeoutKind.View, _at.View, TimeoutOf(_at.View));
        }
    }

    /// <summary>A liar alone cannot pretend that work waits, nor keep views changing when none does.</summary>
    private bool HasWork()
    {
        // R10
        return _at.Offer is not null || _at.Accepted is not null || _at.HasPrepared || _at.Lock is not null
            || _at.CountVotersFrom(_at.View) > _set.MaxFaulty;
    }

    /// <summary>Enough others are in this view for its leader to be able to act.</summary>
    private bool IsViewOpen()
    {
        // R13
        return _at.View == View.Zero || _at.Accepted is not null || _at.HasPrepared
            || _at.ViewChanges.CountFrom(_at.View) >= _set.Quorum;
    }

    private void StopViewTimer()
    {
        if (_at.TimerView is not null)
        {
            _at.TimerView = null;
            Emit(new ConsensusEffect.CancelTimeout(TimeoutKind.View));
        }
    }

    private Duration TimeoutOf(View view)
    {
        // R13
        long micros = _options.ViewTimeout.Micros;
        for (int i = 0; i < view.Value && micros < _options.MaxViewTimeout.Micros; i++)
        {
            micros *= 2;
        }

        return new Duration(micros < _options.MaxViewTimeout.Micros ? micros : _options.MaxViewTimeout.Micros);
    }
}
