using System;
using System.Collections.Generic;
using System.Threading;
using EnergyNode.Ledger;

namespace EnergyNode.Actors;

/// <summary>
/// What stays when an actor's instance is replaced: path, mailbox, children, watches. This part delivers messages;
/// <c>ActorCell.Life.cs</c> and <c>ActorCell.Supervision.cs</c> are the others. Except where noted, members are
/// called by
/// the mailbox's run only.
/// </summary>
internal sealed partial class ActorCell : InternalRef
{
    private readonly Props _props;
    private readonly Mailbox _mailbox;
    private readonly Children _children = new();
    private readonly RefSet _watching = new();
    private readonly RefSet _watchedBy = new();
    private readonly HashSet<InternalRef> _terminatedQueued = [];
    private Actor? _actor;
    private Envelope _current;
    private bool _currentIsStashed;
    private Duration? _receiveTimeout;
    private long _messagesHandled;

    public ActorCell(ActorSystem system, Props props, ActorPath path, string name, ActorCell? parent, long birth)
        : base(path)
    {
        System = system;
        _props = props;
        Name = name;
        Parent = parent;
        Birth = birth;
        Depth = parent is null ? 1 : parent.Depth + 1;
        _mailbox = new Mailbox(this, system.Dispatcher, props);
        Context = new ActorContext(this);
        Timers = new Timers(this);
        Stash = new MessageStash(this, props.StashCapacity);
    }

    public ActorSystem System { get; }

    public string Name { get; }

    public ActorCell? Parent { get; }

    /// <summary>The number among the parent's children, in order of creation.</summary>
    public long Birth { get; }

    public int Depth { get; }

    public ActorContext Context { get; }

    public Timers Timers { get; }

    public MessageStash Stash { get; }

    public IActorRef Sender => _current.Sender ?? System.DeadLetters;

    public object CurrentMessage => _current.Message
        ?? throw new InvalidOperationException("no message is being handled");

    public bool IsSuspended => _suspendCount > 0;

    /// <summary>From any thread.</summary>
    public ActorCell[] ChildCells => _children.InOrder();

    /// <summary>From any thread.</summary>
    public override void Tell(object message, IActorRef? sender = null)
    {
        ArgumentNullException.ThrowIfNull(message);
        _mailbox.Post(new Envelope(message, sender));
    }

    /// <summary>From any thread.</summary>
    internal override void SendSystem(SystemMessage message) => _mailbox.PostSystem(message);

    /// <summary>From any thread.</summary>
    public void PostTick(TimerEntry tick) => _mailbox.PostUnbounded(new Envelope(tick, this));

    /// <summary>From any thread.</summary>
    public ActorCell? FindChild(string name) => _children.Find(name);

    /// <summary>From any thread.</summary>
    public ActorStatus Status() => new(
        Path,
        _mailbox.Depth,
        Volatile.Read(ref _messagesHandled),
        Volatile.Read(ref _restarts),
        Volatile.Read(ref _lastError));

    /// <summary>From any thread (the guardian's children are made by the shell).</summary>
    public ActorCell ActorOf(Props props, string? name)
    {
        ArgumentNullException.ThrowIfNull(props);
        if (name is not null)
        {
            Children.CheckName(name);
        }

        if (Depth >= Limits.MaxTreeDepth)
        {
            throw new InvalidOperationException($"{Path} is {Limits.MaxTreeDepth} levels deep, the most there may be");
        }

        ActorCell child = _children.Add(
            name, Path, (given, birth) => new ActorCell(System, props, Path.Child(given), given, this, birth));
        child.SendSystem(new SystemMessage.Create());
        return child;
    }

    public void Watch(IActorRef actor)
    {
        InternalRef target = Local(actor);
        if (!ReferenceEquals(target, this) && _watching.Add(target))
        {
            target.SendSystem(new SystemMessage.Watch(this));
        }
    }

    public void Unwatch(IActorRef actor)
    {
        InternalRef target = Local(actor);
        _terminatedQueued.Remove(target);
        if (_watching.Remove(target))
        {
            target.SendSystem(new SystemMessage.Unwatch(this));
        }
    }

    public void Stop(IActorRef actor)
    {
        if (Local(actor) is not ActorCell target)
        {
            return;
        }

        if (ReferenceEquals(target.Parent, this) && _children.Contains(target))
        {
            _dying.Add(target);
        }

        target.SendSystem(new SystemMessage.Terminate());
    }

    public void SetReceiveTimeout(Duration? timeout)
    {
        _receiveTimeout = timeout;
        if (timeout is null)
        {
            Timers.Cancel(ReceiveTimeout.Instance);
        }
        else
        {
            RestartReceiveTimeout();
        }
    }

    public void ToDeadLetters(in Envelope envelope)
    {
        if (envelope.Message is not IAutoReceived)
        {
            System.DeadLetterOffice.Publish(envelope.Message, envelope.Sender, this);
        }
    }

    /// <summary>Hands out the message being handled, once.</summary>
    public Envelope TakeCurrentForStash()
    {
        if (_current.Message is null || _currentIsStashed)
        {
            throw new InvalidOperationException($"{Path} has no message to stash, or has stashed it already");
        }

        _currentIsStashed = true;
        return _current;
    }

    public void PutBack(in Envelope envelope)
    {
        if (envelope.Message is Terminated terminated)
        {
            _terminatedQueued.Add((InternalRef)terminated.ActorRef);
        }

        _mailbox.PutBack(envelope);
    }

    public void Invoke(in Envelope envelope)
    {
        _current = envelope;
        _currentIsStashed = false;
        try
        {
            if (envelope.Message is not IAutoReceived auto || IsForActor(auto))
            {
                Deliver();
            }
        }
        catch (Exception cause)
        {
            _failedMessage = _current.Message;
            HandleFailure(cause, null);
        }

        _current = default;
    }

    private void Deliver()
    {
        Volatile.Write(ref _messagesHandled, _messagesHandled + 1);
        object message = _current.Message;
        if (!_actor!.Handle(message))
        {
            _actor.HandleUnhandled(message);
        }

        if (_receiveTimeout is not null)
        {
            RestartReceiveTimeout();
        }
    }

    /// <returns>Whether the actor gets the message, which may have been unwrapped into the current one.</returns>
    private bool IsForActor(IAutoReceived message)
    {
        switch (message)
        {
            case TimerEntry tick:
                tick.Taken();
                _current = new Envelope(tick.Message, this);
                return Timers.Accept(tick);
            case Terminated terminated:
                return _terminatedQueued.Remove((InternalRef)terminated.ActorRef);
            case PoisonPill:
                Stop(this);
                return false;
            case Kill:
                throw new ActorKilledException(Path);
            default:
                return true;
        }
    }

    private void RestartReceiveTimeout()
    {
        if (_receiveTimeout is Duration timeout)
        {
            Timers.StartSingleTimer(ReceiveTimeout.Instance, ReceiveTimeout.Instance, timeout);
        }
    }

    private static InternalRef Local(IActorRef actor) => actor as InternalRef
        ?? throw new ArgumentException($"{actor.Path} is not an actor of this process", nameof(actor));
}
