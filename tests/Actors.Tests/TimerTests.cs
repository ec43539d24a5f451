using System;
using System.Linq;
using EnergyNode.Actors.TestKit;
using EnergyNode.Ledger;
using Xunit;

namespace EnergyNode.Actors.Tests;

public sealed class TimerTests
{
    private static readonly Duration Second = Duration.FromSeconds(1);

    private readonly ActorTestKit _kit = new();

    [Fact]
    public void A_single_timer_fires_once_at_its_time_from_the_actor_itself()
    {
        TestProbe probe = _kit.CreateProbe();
        IActorRef actor = _kit.System.ActorOf(Script.Props(s =>
        {
            s.OnPreStart = () => s.Timers.StartSingleTimer("key", "tick", Second);
            s.On<string>(text => probe.Ref.Tell($"{text} {s.Context.Now} {s.Timers.IsTimerActive("key")}", s.Sender));
        }));
        probe.ExpectMsg("tick 1000000µs False");
        Assert.Same(actor, probe.LastSender);
        probe.ExpectNoMsg(Duration.FromSeconds(5));
    }

    [Fact]
    public void A_periodic_timer_keeps_to_its_grid()
    {
        TestProbe probe = _kit.CreateProbe();
        _kit.System.ActorOf(Script.Props(s =>
        {
            s.OnPreStart = () => s.Timers.StartPeriodicTimer("key", "tick", Second);
            s.On<string>(_ => probe.Ref.Tell(s.Context.Now.Seconds));
        }));
        _kit.Runner.RunUntil(Instant.FromSeconds(4));
        Assert.Equal([1L, 2L, 3L, 4L], probe.ReceiveN(probe.Waiting).Cast<long>());
    }

    [Fact]
    public void A_tick_that_waits_in_the_mailbox_is_dropped_by_cancel_and_by_a_timer_of_the_same_key()
    {
        TestProbe probe = _kit.CreateProbe();
        IActorRef actor = _kit.System.ActorOf(Script.Props(s =>
        {
            s.On<string>(text => probe.Ref.Tell(text));
            s.On<int>(step =>
            {
                s.Timers.StartSingleTimer("a", "cancelled", default);
                s.Timers.StartSingleTimer("b", "replaced", default);
                while (_kit.Runner.FireNext(_kit.Runner.Now))
                {
                }

                s.Timers.Cancel("a");
                s.Timers.StartSingleTimer("b", "replacement", Second);
            });
        }));
        actor.Tell(1);
        probe.ExpectMsg("replacement");
        probe.ExpectNoMsg(Duration.FromSeconds(5));
    }

    [Fact]
    public void Neither_a_pending_timer_nor_a_waiting_tick_reaches_a_restarted_actor()
    {
        TestProbe probe = _kit.CreateProbe();
        IActorRef actor = _kit.System.ActorOf(Script.Props(s =>
        {
            s.On<string>(text => probe.Ref.Tell(text));
            s.On<int>(_ =>
            {
                s.Timers.StartSingleTimer("waiting", "waiting tick", default);
                s.Timers.StartPeriodicTimer("pending", "pending tick", Second);
                while (_kit.Runner.FireNext(_kit.Runner.Now))
                {
                }

                throw new TestFailure("restart");
            });
        }));
        actor.Tell(1);
        actor.Tell("alive");
        probe.ExpectMsg("alive");
        probe.ExpectNoMsg(Duration.FromSeconds(5));
    }

    [Fact]
    public void A_periodic_timer_has_one_tick_waiting_at_most()
    {
        TestProbe probe = _kit.CreateProbe();
        IActorRef actor = _kit.System.ActorOf(Script.Props(s =>
        {
            s.On<string>(text => probe.Ref.Tell(text));
            s.On<int>(_ =>
            {
                s.Timers.StartPeriodicTimer("key", "tick", Second);
                while (_kit.Runner.FireNext(Instant.FromSeconds(10)))
                {
                }
            });
        }));
        actor.Tell(1);
        probe.ExpectMsg("tick");
        probe.ExpectNoMsg();
    }

    [Fact]
    public void An_actor_has_as_many_timers_as_the_limit_says()
    {
        TestProbe probe = _kit.CreateProbe();
        _kit.System.EventStream.Subscribe(probe.Ref, typeof(ActorFailure));
        IActorRef actor = _kit.System.ActorOf(Script.Props(s => s.On<int>(count =>
        {
            for (int i = 0; i < count; i++)
            {
                s.Timers.StartSingleTimer(i, "tick", Second);
            }
        })));
        actor.Tell(Limits.MaxTimersPerActor);
        probe.ExpectNoMsg();
        actor.Tell(Limits.MaxTimersPerActor + 1);
        Assert.IsType<InvalidOperationException>(probe.ExpectMsg<ActorFailure>().Cause);
    }

    [Fact]
    public void A_receive_timeout_comes_when_no_message_came_for_so_long()
    {
        TestProbe probe = _kit.CreateProbe();
        IActorRef actor = _kit.System.ActorOf(Script.Props(s =>
        {
            s.OnPreStart = () => s.Context.SetReceiveTimeout(Duration.FromSeconds(2));
            s.On<ReceiveTimeout>(_ =>
            {
                probe.Ref.Tell(s.Context.Now.Seconds);
                s.Context.SetReceiveTimeout(null);
            });
            s.On<string>(_ => { });
        }));
        _kit.Runner.RunUntil(Instant.FromSeconds(1));
        actor.Tell("busy");
        _kit.Runner.RunUntil(Instant.FromSeconds(10));
        probe.ExpectMsg(3L);
        probe.ExpectNoMsg();
    }

    [Fact]
    public void On_threads_timers_fire_and_a_cancelled_one_does_not()
    {
        ActorTestKit kit = ActorTestKit.OnThreads();
        TestProbe probe = kit.CreateProbe();
        kit.System.ActorOf(Script.Props(s =>
        {
            s.OnPreStart = () =>
            {
                s.Timers.StartSingleTimer("cancelled", "cancelled", Duration.FromMillis(5));
                s.Timers.StartPeriodicTimer("ticks", "tick", Duration.FromMillis(5));
                s.Timers.Cancel("cancelled");
            };
            s.On<string>(text => probe.Ref.Tell(text));
        }));
        Assert.Equal(["tick", "tick", "tick"], probe.ReceiveN(3));
        kit.System.Terminate();
        Assert.True(kit.Await(() => kit.System.WhenTerminated.IsCompleted));
    }

    [Fact]
    public void The_production_scheduler_reads_the_clock_in_microseconds_since_the_epoch()
    {
        TimeProviderScheduler scheduler = new(new FixedClock(new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero)));
        Assert.Equal(1_577_836_800_000_000, scheduler.Now.Micros);
    }

    private sealed class FixedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
