using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using EnergyNode.Ledger;

namespace EnergyNode.Actors;

/// <summary>
/// The simulation's runner: all actors of all systems that share it run on the calling thread, a seed picks which ready
/// actor handles how many of its messages, and time is virtual: it passes only when no actor is ready. Same seed and
/// same inputs, same order, in every process. Not thread-safe.
/// </summary>
public sealed class SeededRunner : IDispatcher, IScheduler
{
    private readonly SplitMix64 _random;
    private readonly List<Mailbox> _ready = [];
    private readonly DueQueue _pending = new();
    private long _sequence;
    private int _stepsThisInstant;

    /// <param name="seed">Decides every choice of the runner.</param>
    /// <param name="start">The virtual time to begin with.</param>
    public SeededRunner(ulong seed, Instant start = default)
    {
        Seed = seed;
        _random = new SplitMix64(seed);
        Now = start;
    }

    public ulong Seed { get; }

    public Instant Now { get; private set; }

    /// <summary>Messages and timers run so far.</summary>
    public long Steps { get; private set; }

    /// <summary>Digest of who ran when. Equal for equal runs; compare it to find the first seed that does not
    /// repeat.</summary>
    public ulong TraceHash { get; private set; }

    public TaskCreationOptions CompletionOptions => TaskCreationOptions.None;

    /// <summary>When the next timer is due; null if there is none.</summary>
    public Instant? NextTimer
    {
        get
        {
            DropCancelled();
            return _pending.Count > 0 ? new Instant(_pending.FirstMicros) : null;
        }
    }

    public void Schedule(Mailbox mailbox) => _ready.Add(mailbox);

    public ICancelable Schedule(Duration delay, Action action)
    {
        Pending pending = new(action);
        Schedule(delay, pending);
        return pending;
    }

    /// <summary>As the other, without an object of its own for each.</summary>
    /// <param name="due">May be scheduled several times.</param>
    public void Schedule(Duration delay, DueEvent due)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(delay.Micros, nameof(delay));
        _pending.Add((Now.Plus(delay).Micros, _sequence++), due);
    }

    /// <summary>Lets one ready actor handle some messages; if none is ready, moves time to the next timer and fires
    /// it.</summary>
    /// <returns>False when nothing is ready and no timer is pending.</returns>
    public bool RunOne() => RunOneReady() || FireNext(new Instant(long.MaxValue));

    /// <summary>Runs ready actors until none is; time stands still.</summary>
    public void RunUntilIdle()
    {
        while (RunOneReady())
        {
        }
    }

    /// <summary>Runs everything that is due up to and including a time, which then is the time.</summary>
    public void RunUntil(Instant end)
    {
        do
        {
            RunUntilIdle();
        }
        while (FireNext(end));

        Advance(end);
    }

    /// <summary>As <see cref="RunUntil"/>, from now on.</summary>
    public void RunFor(Duration duration) => RunUntil(Now.Plus(duration));

    /// <summary>Lets one ready actor handle one message or some, if there is one.</summary>
    /// <exception cref="InvalidOperationException">More than <see cref="Limits.MaxStepsPerInstant"/> steps were run at
    /// one instant: a livelock.</exception>
    internal bool RunOneReady()
    {
        while (_ready.Count > 0)
        {
            int pick = _random.Below(_ready.Count);
            Mailbox mailbox = _ready[pick];
            _ready[pick] = _ready[^1];
            _ready.RemoveAt(_ready.Count - 1);
            int handled = mailbox.Run(1 + _random.Below(Limits.MaxMessagesPerPick));
            if (handled > 0)
            {
                CountStep(mailbox.PathHash + (ulong)handled);
                return true;
            }
        }

        return false;
    }

    /// <summary>Moves time to the next timer and fires it, if it is due by then.</summary>
    internal bool FireNext(Instant end)
    {
        if (NextTimer is not Instant due || due > end)
        {
            return false;
        }

        DueEvent happening = _pending.Take();
        Advance(due);
        CountStep((ulong)due.Micros);
        happening.Happen();
        return true;
    }

    private void Advance(Instant time)
    {
        if (time > Now)
        {
            Now = time;
            _stepsThisInstant = 0;
        }
    }

    private void CountStep(ulong what)
    {
        Steps++;
        TraceHash = SplitMix64.Mix(TraceHash ^ what);
        if (++_stepsThisInstant > Limits.MaxStepsPerInstant)
        {
            throw new InvalidOperationException(
                $"livelock: {Limits.MaxStepsPerInstant} steps at {Now}, seed {Seed}; time cannot pass");
        }
    }

    private void DropCancelled()
    {
        while (_pending.Count > 0 && _pending.First.IsCancelled)
        {
            _pending.Take();
        }
    }

    private sealed class Pending(Action action) : DueEvent, ICancelable
    {
        private bool _isCancelled;

        public override bool IsCancelled => _isCancelled;

        public void Cancel() => _isCancelled = true;

        public override void Happen() => action();
    }
}
