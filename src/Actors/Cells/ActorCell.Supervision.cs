using System;
using System.Collections.Generic;
using System.Threading;
using EnergyNode.Ledger;

namespace EnergyNode.Actors;

/// <summary>Failures: reporting an own one to the supervisor, and deciding about those of children.</summary>
internal sealed partial class ActorCell
{
    /// <summary>Kept for the supervisor, which alone touches it.</summary>
    private readonly RestartHistory _history = new();

    /// <summary>Suspends this cell and its children and leaves the decision to the supervisor.</summary>
    /// <param name="cause">What was thrown.</param>
    /// <param name="perpetrator">The child whose failure escalated; null for an own one.</param>
    private void HandleFailure(Exception cause, ActorCell? perpetrator)
    {
        Volatile.Write(ref _lastError, $"{cause.GetType().Name}: {cause.Message}");
        if (IsStopping)
        {
            ReportHookFailure(cause);
            return;
        }

        if (perpetrator is not null)
        {
            _perpetrators.Add(perpetrator);
        }

        if (_failed)
        {
            return;
        }

        _failed = true;
        Suspend();
        if (Parent is null)
        {
            System.Fault(cause);
        }
        else
        {
            Parent.SendSystem(new SystemMessage.Failed(this, cause));
        }
    }

    private void HandleChildFailure(ActorCell child, Exception cause)
    {
        if (IsStopping || _dying.Contains(child) || !_children.Contains(child))
        {
            return;
        }

        Directive directive;
        try
        {
            directive = _props.Strategy.Decide(cause);
        }
        catch (Exception broken)
        {
            HandleFailure(broken, child);
            return;
        }

        List<ActorCell> affected = _props.Strategy.AppliesToSiblings ? LiveChildren() : [child];
        if (directive == Directive.Restart && !RestartIsGranted(affected))
        {
            directive = Directive.Stop;
        }

        System.EventStream.Publish(new ActorFailure(child, cause, directive));
        switch (directive)
        {
            case Directive.Resume:
                child.SendSystem(new SystemMessage.Resume(cause));
                break;
            case Directive.Restart:
                RestartChildren(affected, child, cause);
                break;
            case Directive.Stop:
                affected.ForEach(Stop);
                break;
            case Directive.Escalate:
                HandleFailure(cause, child);
                break;
        }
    }

    private bool RestartIsGranted(List<ActorCell> affected)
    {
        bool granted = true;
        foreach (ActorCell child in affected)
        {
            granted &= child._history.Request(_props.Strategy, System.Scheduler.Now);
        }

        return granted;
    }

    private void RestartChildren(List<ActorCell> affected, ActorCell failed, Exception cause)
    {
        Duration delay = failed._history.NextDelay(_props.Strategy, System.Scheduler.Now);
        foreach (ActorCell child in affected)
        {
            if (!ReferenceEquals(child, failed))
            {
                child.SendSystem(new SystemMessage.Suspend());
            }

            child.SendSystem(new SystemMessage.Recreate(cause, delay));
        }
    }

    private void ReportHookFailure(Exception cause)
    {
        Volatile.Write(ref _lastError, $"{cause.GetType().Name}: {cause.Message}");
        System.EventStream.Publish(new ActorFailure(this, cause, null));
    }
}
