using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using EnergyNode.Ledger;

namespace EnergyNode.Actors;

/// <summary>A tree of actors under <c>/user</c> with its event stream, dead letters and shutdown.</summary>
public sealed class ActorSystem
{
    private readonly ActorCell _guardian;
    private readonly TaskCompletionSource _terminated;
    private readonly TaskCompletionSource<Exception> _faulted;
    private Exception? _fault;
    private long _promises;
    private volatile bool _killed;

    private ActorSystem(string name, IDispatcher dispatcher, IScheduler scheduler, ActorSystemSettings settings)
    {
        Name = name;
        Dispatcher = dispatcher;
        Scheduler = new SystemScheduler(scheduler, this);
        DeadLetterOffice = new DeadLetterRef(this);
        _terminated = new TaskCompletionSource(dispatcher.CompletionOptions);
        _faulted = new TaskCompletionSource<Exception>(dispatcher.CompletionOptions);
        CoordinatedShutdown = new CoordinatedShutdown(this, settings.ShutdownPhases);
        Props props = Props.Create(() => new Guardian()).WithSupervisorStrategy(settings.GuardianStrategy);
        _guardian = new ActorCell(this, props, new ActorPath("/user"), "user", null, 0);
        _guardian.SendSystem(new SystemMessage.Create());
    }

    public string Name { get; }

    /// <summary>This system's time; timers of a killed system never fire.</summary>
    public IScheduler Scheduler { get; }

    public EventStream EventStream { get; } = new();

    /// <summary>Gets what nobody handles; see <see cref="DeadLetter"/>.</summary>
    public IActorRef DeadLetters => DeadLetterOffice;

    /// <summary>Messages that went to dead letters so far.</summary>
    public long DeadLetterCount => DeadLetterOffice.Count;

    public CoordinatedShutdown CoordinatedShutdown { get; }

    /// <summary>Completes when every actor has stopped; never after <see cref="Kill"/>.</summary>
    public Task WhenTerminated => _terminated.Task;

    /// <summary>Completes with the first exception that escalated past <c>/user</c> or overflowed a mailbox that must
    /// not. All actors are suspended then; the node is expected to report it and to end.</summary>
    public Task<Exception> WhenFaulted => _faulted.Task;

    /// <summary>The result of <see cref="WhenFaulted"/>, null as long as there is none.</summary>
    public Exception? FaultCause => Volatile.Read(ref _fault);

    public bool IsKilled => _killed;

    internal IDispatcher Dispatcher { get; }

    internal DeadLetterRef DeadLetterOffice { get; }

    public static ActorSystem Create(
        string name, IDispatcher dispatcher, IScheduler scheduler, ActorSystemSettings? settings = null)
    {
        ArgumentNullException.ThrowIfNull(dispatcher);
        ArgumentNullException.ThrowIfNull(scheduler);
        Children.CheckName(name);
        return new ActorSystem(name, dispatcher, scheduler, settings ?? new ActorSystemSettings());
    }

    /// <summary>A system on the thread pool and the machine's clock.</summary>
    public static ActorSystem Create(string name, ActorSystemSettings? settings = null) =>
        Create(name, new ThreadPoolDispatcher(), new TimeProviderScheduler(TimeProvider.System), settings);

    /// <summary>A system in simulation.</summary>
    public static ActorSystem Create(string name, SeededRunner runner, ActorSystemSettings? settings = null) =>
        Create(name, runner, runner, settings);

    /// <summary>Starts a top-level actor.</summary>
    /// <exception cref="InvalidActorNameException">The name is malformed or in use.</exception>
    /// <exception cref="InvalidOperationException">The system is terminating.</exception>
    public IActorRef ActorOf(Props props, string? name = null) => _guardian.ActorOf(props, name);

    /// <summary>Stops an actor after the message it is handling.</summary>
    public void Stop(IActorRef actor)
    {
        if (actor is ActorCell cell)
        {
            cell.SendSystem(new SystemMessage.Terminate());
        }
    }

    /// <returns>The live actor at an absolute path such as <c>/user/market/books</c>, or null.</returns>
    public IActorRef? Find(ActorPath path) => Find(path.Value);

    /// <inheritdoc cref="Find(ActorPath)"/>
    public IActorRef? Find(string path)
    {
        string[] names = path.Split('/');
        if (names.Length < 2 || names[0].Length > 0 || names[1] != _guardian.Name)
        {
            return null;
        }

        ActorCell? cell = _guardian;
        for (int i = 2; i < names.Length && cell is not null; i++)
        {
            cell = cell.FindChild(names[i]);
        }

        return cell;
    }

    /// <summary>All live actors, parents before children, children in the order of their creation.</summary>
    public IReadOnlyList<ActorStatus> Hierarchy()
    {
        List<ActorStatus> lines = [];
        Collect(_guardian, lines);
        return lines;
    }

    /// <summary>Sends a message and completes with the first answer. For the shell; actors use messages and
    /// timers.</summary>
    /// <returns>The answer; fails with <see cref="AskTimeoutException"/>, with the cause of a
    /// <see cref="StatusFailure"/>, or with <see cref="InvalidCastException"/> if the answer is of another
    /// type.</returns>
    public Task<T> Ask<T>(IActorRef target, object message, Duration timeout)
    {
        PromiseRef<T> promise = Promise<T>(
            timeout, () => new AskTimeoutException(target.Path, message.GetType().Name, timeout));
        target.Tell(message, promise);
        return promise.Task;
    }

    /// <summary>Stops an actor and completes when it and its children have stopped.</summary>
    /// <returns>Fails with <see cref="AskTimeoutException"/> when that takes too long.</returns>
    public Task GracefulStop(IActorRef actor, Duration timeout)
    {
        PromiseRef<Terminated> promise = Promise<Terminated>(
            timeout, () => new AskTimeoutException(actor.Path, nameof(GracefulStop), timeout));
        if (actor is not ActorCell cell)
        {
            throw new ArgumentException($"{actor.Path} is not an actor of this process", nameof(actor));
        }

        cell.SendSystem(new SystemMessage.Watch(promise));
        cell.SendSystem(new SystemMessage.Terminate());
        return promise.Task;
    }

    /// <summary>Stops all actors, children before parents. See <see cref="CoordinatedShutdown"/> for the polite
    /// way.</summary>
    /// <returns><see cref="WhenTerminated"/>.</returns>
    public Task Terminate()
    {
        _guardian.SendSystem(new SystemMessage.Terminate());
        return WhenTerminated;
    }

    /// <summary>Crashes the system: no actor handles another message, no hook is called, no timer fires, messages
    /// vanish. A handler that is running on a thread still ends.</summary>
    public void Kill() => _killed = true;

    internal void GuardianStopped() => _terminated.TrySetResult();

    /// <summary>Suspends all actors and reports the cause. Only the first one counts. From any thread.</summary>
    internal void Fault(Exception cause)
    {
        if (Interlocked.CompareExchange(ref _fault, cause, null) is null)
        {
            _guardian.SendSystem(new SystemMessage.Suspend());
            _faulted.TrySetResult(cause);
        }
    }

    private PromiseRef<T> Promise<T>(Duration timeout, Func<Exception> onTimeout)
    {
        ActorPath path = new("/temp/" + Interlocked.Increment(ref _promises));
        PromiseRef<T> promise = new(path, DeadLetterOffice, Dispatcher.CompletionOptions);
        ICancelable timer = Scheduler.Schedule(timeout, () => promise.Fail(onTimeout()));
        promise.Task.ContinueWith(
            static (_, state) => ((ICancelable)state!).Cancel(),
            timer,
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
        return promise;
    }

    private static void Collect(ActorCell cell, List<ActorStatus> lines)
    {
        lines.Add(cell.Status());
        foreach (ActorCell child in cell.ChildCells)
        {
            Collect(child, lines);
        }
    }
}
