using System;
using System.Threading;
using System.Threading.Tasks;
using EnergyNode.Ledger;

namespace EnergyNode.Actors.TestKit;

/// <summary>
/// A system with probes. In simulation (the constructors) a probe's expectation runs the seeded runner until it is met,
/// in virtual time; <see cref="OnThreads"/> is for the few tests about threads and waits in real time.
/// </summary>
public sealed class ActorTestKit
{
    private readonly SeededRunner? _runner;

    public ActorTestKit(ulong seed = 1, ActorSystemSettings? settings = null)
        : this(new SeededRunner(seed), "test", settings)
    {
    }

    /// <summary>A further system on a runner that is already there.</summary>
    public ActorTestKit(SeededRunner runner, string systemName, ActorSystemSettings? settings = null)
    {
        _runner = runner;
        System = ActorSystem.Create(systemName, runner, settings);
    }

    private ActorTestKit(ActorSystem system) => System = system;

    public ActorSystem System { get; }

    /// <exception cref="InvalidOperationException">This kit runs on threads.</exception>
    public SeededRunner Runner => _runner ?? throw new InvalidOperationException("a kit on threads has no runner");

    /// <summary>How long expectations wait that name no time.</summary>
    public Duration DefaultWait { get; init; } = Duration.FromSeconds(3);

    /// <summary>A kit on the thread pool and the machine's clock.</summary>
    public static ActorTestKit OnThreads(ActorSystemSettings? settings = null) =>
        new(ActorSystem.Create("test", settings)) { DefaultWait = Duration.FromSeconds(30) };

    /// <summary>A probe whose actor is a top-level one.</summary>
    public TestProbe CreateProbe(string? name = null) => new(this, name);

    /// <summary>Runs until the task has completed.</summary>
    /// <returns>Its result; its exception is thrown.</returns>
    /// <exception cref="ProbeException">The time was over before.</exception>
    public T Await<T>(Task<T> task, Duration? within = null) => Await(() => task.IsCompleted, within)
        ? task.GetAwaiter().GetResult()
        : throw new ProbeException($"the task has not completed at {System.Scheduler.Now}");

    /// <summary>Runs until the condition holds.</summary>
    /// <returns>False if the time was over before.</returns>
    public bool Await(Func<bool> condition, Duration? within = null)
    {
        Duration wait = within ?? DefaultWait;
        if (_runner is null)
        {
            return SpinWait.SpinUntil(condition, TimeSpan.FromMicroseconds(wait.Micros));
        }

        Instant end = _runner.Now.Plus(wait);
        while (!condition())
        {
            if (!_runner.RunOneReady() && !_runner.FireNext(end))
            {
                _runner.RunUntil(end);
                return condition();
            }
        }

        return true;
    }
}
