using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace EnergyNode.Actors;

/// <summary>Ends a system in named phases, one after the other. A task that fails or hangs is reported and does not
/// keep the later phases from running.</summary>
public sealed class CoordinatedShutdown
{
    private readonly Lock _gate = new();
    private readonly ActorSystem _system;
    private readonly IReadOnlyList<ShutdownPhase> _phases;
    private readonly List<ShutdownTask> _tasks = [];
    private readonly List<ShutdownProblem> _problems = [];
    private readonly TaskCompletionSource<ShutdownReport> _done;
    private string? _reason;

    internal CoordinatedShutdown(ActorSystem system, IReadOnlyList<ShutdownPhase> phases)
    {
        _system = system;
        _phases = phases;
        _done = new TaskCompletionSource<ShutdownReport>(system.Dispatcher.CompletionOptions);
    }

    /// <summary>Completes with <see cref="Run"/>.</summary>
    public Task<ShutdownReport> WhenDone => _done.Task;

    /// <param name="phase">The name of one of the system's phases.</param>
    /// <param name="name">For the report.</param>
    /// <param name="run">Called when the phase begins, on whichever thread ended the phase before.</param>
    /// <exception cref="ArgumentException">There is no such phase.</exception>
    /// <exception cref="InvalidOperationException">The shutdown has begun.</exception>
    public void AddTask(string phase, string name, Func<Task> run)
    {
        ArgumentNullException.ThrowIfNull(run);
        bool known = false;
        foreach (ShutdownPhase candidate in _phases)
        {
            known |= candidate.Name == phase;
        }

        if (!known)
        {
            throw new ArgumentException($"there is no shutdown phase \"{phase}\"", nameof(phase));
        }

        lock (_gate)
        {
            if (_reason is not null)
            {
                throw new InvalidOperationException("the shutdown has begun");
            }

            _tasks.Add(new ShutdownTask(phase, name, run));
        }
    }

    /// <summary>Runs the phases; a second call only returns the first one's task.</summary>
    public Task<ShutdownReport> Run(string reason)
    {
        ArgumentNullException.ThrowIfNull(reason);
        lock (_gate)
        {
            if (_reason is not null)
            {
                return WhenDone;
            }

            _reason = reason;
        }

        RunFrom(0);
        return WhenDone;
    }

    private void RunFrom(int index)
    {
        if (index == _phases.Count)
        {
            _done.TrySetResult(Summary());
            return;
        }

        ShutdownPhase phase = _phases[index];
        List<ShutdownTask> tasks = _tasks.FindAll(task => task.Phase == phase.Name);
        if (phase.Name == ShutdownPhase.ActorSystemTerminate)
        {
            tasks.Add(new ShutdownTask(phase.Name, "terminate", _system.Terminate));
        }

        new PhaseRun(this, phase, tasks, () => RunFrom(index + 1)).Start();
    }

    private void Report(ShutdownTask task, Exception cause)
    {
        lock (_gate)
        {
            _problems.Add(new ShutdownProblem(task.Phase, task.Name, cause));
        }
    }

    private ShutdownReport Summary()
    {
        lock (_gate)
        {
            return new ShutdownReport(_reason!, [.. _problems]);
        }
    }

    private sealed record ShutdownTask(string Phase, string Name, Func<Task> Run);

    private sealed class PhaseRun(
        CoordinatedShutdown owner, ShutdownPhase phase, List<ShutdownTask> tasks, Action next)
    {
        private readonly bool[] _ended = new bool[tasks.Count];
        private int _remaining = tasks.Count;
        private int _over;
        private ICancelable? _timer;

        public void Start()
        {
            if (tasks.Count == 0)
            {
                next();
                return;
            }

            _timer = owner._system.Scheduler.Schedule(phase.Timeout, TimeOut);
            for (int i = 0; i < tasks.Count; i++)
            {
                int index = i;
                Begin(tasks[i]).ContinueWith(
                    task => End(index, task),
                    CancellationToken.None,
                    TaskContinuationOptions.ExecuteSynchronously,
                    TaskScheduler.Default);
            }
        }

        private static Task Begin(ShutdownTask task)
        {
            try
            {
                return task.Run();
            }
            catch (Exception cause)
            {
                return Task.FromException(cause);
            }
        }

        private void End(int index, Task task)
        {
            Volatile.Write(ref _ended[index], true);
            if (!task.IsCompletedSuccessfully && Volatile.Read(ref _over) == 0)
            {
                owner.Report(tasks[index], task.Exception?.InnerException ?? new TaskCanceledException(task));
            }

            if (Interlocked.Decrement(ref _remaining) == 0 && Interlocked.Exchange(ref _over, 1) == 0)
            {
                _timer?.Cancel();
                next();
            }
        }

        private void TimeOut()
        {
            if (Interlocked.Exchange(ref _over, 1) != 0)
            {
                return;
            }

            for (int i = 0; i < tasks.Count; i++)
            {
                if (!Volatile.Read(ref _ended[i]))
                {
                    owner.Report(tasks[i], new TimeoutException($"not done after {phase.Timeout}"));
                }
            }

            next();
        }
    }
}
