using EnergyNode.Ledger;

namespace EnergyNode.Actors;

/// <summary>What a supervisor remembers of one child's restarts. Touched by the supervisor only.</summary>
internal sealed class RestartHistory
{
    private int _inWindow;
    private Instant? _windowStart;
    private int _failuresInRow;
    private Instant? _runningSince;

    /// <summary>Counts a restart and says whether it is granted.</summary>
    public bool Request(SupervisorStrategy strategy, Instant now)
    {
        if (strategy.MaxNrOfRetries == SupervisorStrategy.Unlimited)
        {
            return true;
        }

        bool windowOver = strategy.Within.Micros > 0
            && _windowStart is Instant start && now.Since(start).Micros > strategy.Within.Micros;
        if (_windowStart is null || windowOver)
        {
            _windowStart = now;
            _inWindow = 0;
        }

        _inWindow++;
        return _inWindow <= strategy.MaxNrOfRetries;
    }

    /// <summary>How long the restart now granted has to wait.</summary>
    public Duration NextDelay(SupervisorStrategy strategy, Instant now)
    {
        if (strategy.Backoff is not Backoff backoff)
        {
            return default;
        }

        if (_runningSince is Instant since && now.Since(since).Micros >= backoff.ResetAfter.Micros)
        {
            _failuresInRow = 0;
        }

        Duration delay = backoff.Delay(_failuresInRow);
        _failuresInRow++;
        _runningSince = now.Plus(delay);
        return delay;
    }
}
