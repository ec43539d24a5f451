using System;
using System.Collections.Generic;
using EnergyNode.Actors;
using EnergyNode.Ledger;

namespace EnergyNode.Simulation;

/// <summary>
/// Where all that happens to a node comes through. While the node is paused (a frozen virtual machine, a long stop of
/// its process) it waits here, in order; the node's clock goes on.
/// </summary>
internal sealed class PauseGate(SeededRunner runner)
{
    private readonly Queue<Action> _held = new();
    private Instant _until;
    private int _life;

    /// <summary>What passes now need not wait.</summary>
    public bool IsOpen => !IsPaused && _held.Count == 0;

    private bool IsPaused => runner.Now < _until;

    public void Pause(Duration time)
    {
        Instant end = runner.Now.Plus(time);
        if (end > _until)
        {
            _until = end;
            int life = _life;
            runner.Schedule(time, () => Resume(life));
        }
    }

    /// <summary>The process is gone, and with it what waits.</summary>
    public void Clear()
    {
        _until = default;
        _held.Clear();
        _life++;
    }

    public void Pass(Action action)
    {
        if (IsOpen)
        {
            action();
        }
        else
        {
            _held.Enqueue(action);
        }
    }

    public ICancelable Schedule(Duration delay, Action action)
    {
        Timer timer = new(this, action);
        runner.Schedule(delay, timer);
        return timer;
    }

    private void Resume(int life)
    {
        while (life == _life && !IsPaused && _held.TryDequeue(out Action? action))
        {
            action();
        }
    }

    private sealed class Timer(PauseGate gate, Action action) : DueEvent, ICancelable
    {
        private bool _isCancelled;

        public override bool IsCancelled => _isCancelled;

        public override void Happen()
        {
            if (gate.IsOpen)
            {
                Run();
            }
            else
            {
                gate._held.Enqueue(Run);
            }
        }

        public void Cancel() => _isCancelled = true;

        private void Run()
        {
            if (!_isCancelled)
            {
                action();
            }
        }
    }
}
