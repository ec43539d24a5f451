using System;
using System.Collections.Generic;
using System.Threading;
using EnergyNode.Ledger;

namespace EnergyNode.Actors;

/// <summary>
/// The life cycle: start, suspension, restart, stop, death watch. The order of steps is Akka's (FaultHandling,
/// DeathWatch). Suspensions are counted: one for an own failure, one for each failed or suspended ancestor.
/// </summary>
internal sealed partial class ActorCell
{
    private enum Phase
    {
        Running,
        Recreating,
        Terminating,
        Terminated,
    }

    private readonly HashSet<ActorCell> _dying = [];
    private readonly List<ActorCell> _perpetrators = [];
    private Phase _phase = Phase.Running;
    private int _suspendCount;
    private bool _failed;
    private bool _waitsForChildren;
    private object? _failedMessage;
    private Exception? _restartCause;
    private Duration _restartDelay;
    private bool _startsAfresh;
    private int _restarts;
    private string? _lastError;

    public void InvokeSystem(SystemMessage message)
    {
        switch (message)
        {
            case SystemMessage.Create:
                Create();
                break;
            case SystemMessage.Suspend:
                Suspend();
                break;
            case SystemMessage.Resume resume:
                Resume(resume.CausedBy);
                break;
            case SystemMessage.Recreate recreate:
                Recreate(recreate.Cause, recreate.Delay);
                break;
            case SystemMessage.DelayOver:
                FinishRecreate();
                break;
            case SystemMessage.Terminate:
                Terminate();
                break;
            case SystemMessage.Watch watch:
                AddWatcher(watch.Watcher);
                break;
            case SystemMessage.Unwatch unwatch:
                _watchedBy.Remove(unwatch.Watcher);
                break;
            case SystemMessage.Failed failed:
                HandleChildFailure(failed.Child, failed.Cause);
                break;
            case SystemMessage.ChildTerminated terminated:
                HandleChildTerminated(terminated.Child);
                break;
            case SystemMessage.WatchedTerminated dead:
                HandleWatchedTerminated(dead.Actor);
                break;
        }
    }

    private bool IsStopping => _phase is Phase.Terminating or Phase.Terminated;

    private void Create()
    {
        if (!IsStopping && Start(actor => actor.CallPreStart()) is Exception cause)
        {
            HandleFailure(cause, null);
        }
    }

    /// <returns>Null, or why there is no instance.</returns>
    private ActorInitializationException? Start(Action<Actor> hook)
    {
        try
        {
            Actor actor = _props.Factory();
            _actor = actor;
            actor.Attach(this);
            hook(actor);
            return null;
        }
        catch (Exception cause)
        {
            ClearActor();
            return new ActorInitializationException(Path, cause);
        }
    }

    private void Suspend()
    {
        _suspendCount++;
        foreach (ActorCell child in _children.InOrder())
        {
            child.SendSystem(new SystemMessage.Suspend());
        }
    }

    private void Resume(Exception? causedBy)
    {
        if (causedBy is not null && _actor is null && _phase == Phase.Running)
        {
            Recreate(causedBy, default);
            return;
        }

        ReleaseOneSuspension();
        foreach (ActorCell child in _children.InOrder())
        {
            child.SendSystem(new SystemMessage.Resume(null));
        }

        if (causedBy is not null)
        {
            _failed = false;
            _perpetrators.ForEach(child => child.SendSystem(new SystemMessage.Resume(causedBy)));
            _perpetrators.Clear();
        }
    }

    private void Recreate(Exception cause, Duration delay)
    {
        if (_phase != Phase.Running)
        {
            ReleaseOneSuspension();
            return;
        }

        _phase = Phase.Recreating;
        _restartCause = cause;
        _restartDelay = delay;
        _startsAfresh = _actor is null;
        if (_actor is not null)
        {
            RunHook(() => _actor.CallPreRestart(cause, _failedMessage));
        }
        else
        {
            Array.ForEach(_children.InOrder(), Stop);
        }

        _failedMessage = null;
        ClearActor();
        _waitsForChildren = true;
        ContinueWhenChildrenAreGone();
    }

    private void ContinueWhenChildrenAreGone()
    {
        if (!_waitsForChildren || _dying.Count > 0)
        {
            return;
        }

        _waitsForChildren = false;
        if (_phase == Phase.Terminating)
        {
            FinishTerminate();
        }
        else if (_restartDelay.Micros > 0)
        {
            System.Scheduler.Schedule(_restartDelay, () => SendSystem(new SystemMessage.DelayOver()));
        }
        else
        {
            FinishRecreate();
        }
    }

    private void FinishRecreate()
    {
        if (_phase != Phase.Recreating)
        {
            return;
        }

        _phase = Phase.Running;
        _failed = false;
        ReleaseOneSuspension();
        Exception cause = _restartCause!;
        List<ActorCell> survivors = LiveChildren();
        Volatile.Write(ref _restarts, _restarts + 1);
        ActorInitializationException? failure = Start(
            actor =>
            {
                if (_startsAfresh)
                {
                    actor.CallPreStart();
                }
                else
                {
                    actor.CallPostRestart(cause);
                }
            });
        _perpetrators.ForEach(child => child.SendSystem(new SystemMessage.Resume(null)));
        _perpetrators.Clear();
        survivors.ForEach(child => child.SendSystem(new SystemMessage.Recreate(cause, default)));
        if (failure is not null)
        {
            HandleFailure(failure, null);
        }
    }

    private void Terminate()
    {
        if (IsStopping)
        {
            return;
        }

        _phase = Phase.Terminating;
        _suspendCount++;
        _children.Close();
        Array.ForEach(_children.InOrder(), Stop);
        _waitsForChildren = true;
        ContinueWhenChildrenAreGone();
    }

    private void FinishTerminate()
    {
        _phase = Phase.Terminated;
        if (_actor is not null)
        {
            RunHook(_actor.CallPostStop);
        }

        ClearActor();
        _mailbox.Close();
        System.EventStream.Unsubscribe(this);
        Parent?._children.Remove(this);
        foreach (InternalRef watcher in _watchedBy.InOrder())
        {
            if (!ReferenceEquals(watcher, Parent))
            {
                watcher.SendSystem(new SystemMessage.WatchedTerminated(this));
            }
        }

        foreach (InternalRef watched in _watching.InOrder())
        {
            watched.SendSystem(new SystemMessage.Unwatch(this));
        }

        if (Parent is null)
        {
            System.GuardianStopped();
        }
        else
        {
            Parent.SendSystem(new SystemMessage.ChildTerminated(this));
        }
    }

    private void AddWatcher(InternalRef watcher)
    {
        if (_phase == Phase.Terminated)
        {
            watcher.SendSystem(new SystemMessage.WatchedTerminated(this));
        }
        else
        {
            _watchedBy.Add(watcher);
        }
    }

    private void HandleChildTerminated(ActorCell child)
    {
        _dying.Remove(child);
        _perpetrators.Remove(child);
        HandleWatchedTerminated(child);
        ContinueWhenChildrenAreGone();
    }

    private void HandleWatchedTerminated(InternalRef actor)
    {
        // Behind what the dead actor said before, and once: the watch ends here.
        if (!IsStopping && _watching.Remove(actor))
        {
            _terminatedQueued.Add(actor);
            _mailbox.PostUnbounded(new Envelope(new Terminated(actor), actor));
        }
    }

    /// <summary>Lets go of the instance; its timers end and what it stashed goes back into the mailbox.</summary>
    private void ClearActor()
    {
        Timers.CancelAll();
        _receiveTimeout = null;
        Stash.UnstashAll();
        _actor?.Detach();
        _actor = null;
    }

    private void ReleaseOneSuspension() => _suspendCount = Math.Max(0, _suspendCount - 1);

    private List<ActorCell> LiveChildren() =>
        new List<ActorCell>(_children.InOrder()).FindAll(child => !_dying.Contains(child));

    private void RunHook(Action hook)
    {
        try
        {
            hook();
        }
        catch (Exception cause)
        {
            ReportHookFailure(cause);
        }
    }
}
