using System.Collections.Generic;
using System.Linq;
using EnergyNode.Actors.TestKit;
using EnergyNode.Ledger;
using Xunit;

namespace EnergyNode.Actors.Tests;

public sealed class SeededRunnerTests
{
    [Fact]
    public void The_same_seed_gives_the_same_order_and_another_seed_another()
    {
        (List<string> Log, ulong Hash) first = Gossip(7);
        (List<string> Log, ulong Hash) again = Gossip(7);
        (List<string> Log, ulong Hash) other = Gossip(8);

        Assert.True(first.Log.Count > 200);
        Assert.Equal(first.Log, again.Log);
        Assert.Equal(first.Hash, again.Hash);
        Assert.NotEqual(first.Log, other.Log);
        Assert.NotEqual(first.Hash, other.Hash);
    }

    [Fact]
    public void The_order_of_a_seed_is_the_same_in_every_process() =>
        Assert.Equal(GoldenTraceHash, Gossip(7).Hash);

    [Fact]
    public void The_generator_gives_the_published_numbers()
    {
        SplitMix64 random = new(1234567);
        ulong[] published = [6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431];
        Assert.Equal(published, published.Select(_ => random.Next()));
    }

    [Fact]
    public void Timers_fire_in_the_order_of_time_and_then_of_their_start()
    {
        SeededRunner runner = new(1);
        List<string> fired = [];
        runner.Schedule(Duration.FromSeconds(2), () => fired.Add($"c {runner.Now.Seconds}"));
        runner.Schedule(Duration.FromSeconds(1), () => fired.Add($"a {runner.Now.Seconds}"));
        runner.Schedule(Duration.FromSeconds(1), () => fired.Add($"b {runner.Now.Seconds}"));
        runner.Schedule(Duration.FromSeconds(1), () => fired.Add("cancelled")).Cancel();
        runner.Schedule(Duration.FromSeconds(9), () => fired.Add("late"));
        runner.RunUntil(Instant.FromSeconds(5));

        Assert.Equal(["a 1", "b 1", "c 2"], fired);
        Assert.Equal(Instant.FromSeconds(5), runner.Now);
        Assert.Equal(Instant.FromSeconds(9), runner.NextTimer);
        Assert.True(runner.RunOne());
        Assert.False(runner.RunOne());
    }

    [Fact]
    public void A_killed_system_does_nothing_more_while_the_others_go_on()
    {
        SeededRunner runner = new(1);
        ActorTestKit lives = new(runner, "lives");
        ActorTestKit dies = new(runner, "dies");
        Dictionary<string, int> ticks = new() { ["lives"] = 0, ["dies"] = 0 };
        List<string> stopped = [];
        foreach (ActorTestKit kit in new[] { lives, dies })
        {
            string name = kit.System.Name;
            IActorRef actor = kit.System.ActorOf(Script.Props(s =>
            {
                s.OnPreStart = () => s.Timers.StartPeriodicTimer("key", "tick", Duration.FromSeconds(1));
                s.OnPostStop = () => stopped.Add(name);
                s.On<string>(_ => ticks[name]++);
            }), "ticking");
            runner.RunUntilIdle();
            actor.Tell("one more");
        }

        dies.System.Kill();
        dies.System.Find("/user/ticking")!.Tell("into the void");
        dies.System.Terminate();
        runner.RunFor(Duration.FromSeconds(10));

        Assert.Equal((11, 0), (ticks["lives"], ticks["dies"]));
        Assert.Empty(stopped);
        Assert.False(dies.System.WhenTerminated.IsCompleted);
        Assert.Equal(0, dies.System.DeadLetterCount);
    }

    [Fact]
    public void Time_stands_still_while_an_actor_is_ready()
    {
        ActorTestKit kit = new();
        List<long> times = [];
        IActorRef actor = kit.System.ActorOf(Script.Props(s => s.On<int>(n =>
        {
            times.Add(s.Context.Now.Micros);
            if (n > 0)
            {
                s.Self.Tell(n - 1);
            }
        })));
        kit.Runner.Schedule(new Duration(1), () => { });
        actor.Tell(100);
        kit.Runner.RunUntil(Instant.FromSeconds(1));
        Assert.Equal(101, times.Count);
        Assert.All(times, time => Assert.Equal(0, time));
    }

    private const ulong GoldenTraceHash = 4495234653377105061;

    /// <summary>Five actors that talk, tick, fail and restart.</summary>
    private static (List<string> Log, ulong Hash) Gossip(ulong seed)
    {
        ActorTestKit kit = new(seed, new ActorSystemSettings { GuardianStrategy = new OneForOneStrategy() });
        List<string> log = [];
        List<IActorRef> actors = [];
        for (int i = 0; i < 5; i++)
        {
            int id = i;
            actors.Add(kit.System.ActorOf(Script.Props(s =>
            {
                s.OnPreStart = () => s.Timers.StartPeriodicTimer("tick", 3, Duration.FromMillis(100 + id));
                s.On<int>(hops =>
                {
                    log.Add($"{s.Context.Now} {id} {hops}");
                    if (hops == 0)
                    {
                        throw new TestFailure("end");
                    }

                    actors[(id + 1) % 5].Tell(hops - 1, s.Self);
                    actors[(id + 2) % 5].Tell(hops - 1, s.Self);
                });
            }).WithMailbox(1_000, OverflowPolicy.Fail), $"actor-{i}"));
        }

        kit.Runner.RunFor(Duration.FromSeconds(1));
        return (log, kit.Runner.TraceHash);
    }
}
