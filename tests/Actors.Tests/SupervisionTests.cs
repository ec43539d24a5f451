using System;
using System.Collections.Generic;
using System.Linq;
using EnergyNode.Actors.TestKit;
using EnergyNode.Ledger;
using Xunit;

namespace EnergyNode.Actors.Tests;

public sealed class SupervisionTests
{
    private readonly ActorTestKit _kit = new();
    private readonly List<string> _log = [];

    [Fact]
    public void One_for_one_restarts_the_failed_child_alone_with_the_hooks_in_order_and_its_state_reset()
    {
        TestProbe probe = _kit.CreateProbe();
        Supervise(new OneForOneStrategy());
        IActorRef left = Child("left");
        IActorRef right = Child("right");
        probe.Send(left, "a");
        probe.Send(right, "a");
        probe.ReceiveN(2);
        _log.Clear();

        left.Tell("fail now");
        probe.Send(left, "b");
        probe.ExpectMsg("b 1");
        probe.Send(right, "b");
        probe.ExpectMsg("b 2");
        Assert.Equal(
            ["left:PreRestart(fail now)", "left:PostStop", "left:PostRestart", "left:PreStart"], _log);
        ActorStatus status = _kit.System.Hierarchy().Single(line => line.Path == left.Path);
        Assert.Equal((1, 3L, "TestFailure: fail now"), (status.Restarts, status.MessagesHandled, status.LastError));
    }

    [Fact]
    public void All_for_one_restarts_every_child()
    {
        TestProbe probe = _kit.CreateProbe();
        Supervise(new AllForOneStrategy());
        IActorRef left = Child("left");
        IActorRef right = Child("right");
        probe.Send(left, "a");
        probe.Send(right, "a");
        probe.ReceiveN(2);
        left.Tell("fail");
        _kit.Runner.RunUntilIdle();

        probe.Send(left, "b");
        probe.ExpectMsg("b 1");
        probe.Send(right, "b");
        probe.ExpectMsg("b 1");
        Assert.Contains("right:PreRestart()", _log);
    }

    [Fact]
    public void Resume_keeps_state_and_mailbox_and_loses_the_message()
    {
        TestProbe probe = _kit.CreateProbe();
        Supervise(new OneForOneStrategy(decider: _ => Directive.Resume));
        IActorRef child = Child("child");
        probe.Send(child, "a");
        probe.Send(child, "fail");
        probe.Send(child, "b");

        Assert.Equal(["a 1", "b 2"], probe.ReceiveN(2));
        probe.ExpectNoMsg();
        Assert.Equal(["child:PreStart"], _log);
    }

    [Fact]
    public void Stop_ends_the_child_at_once()
    {
        TestProbe probe = _kit.CreateProbe();
        Supervise(SupervisorStrategy.Stopping);
        IActorRef child = Child("child");
        probe.Watch(child);
        _kit.Runner.RunUntilIdle();
        child.Tell("fail");
        probe.ExpectTerminated(child);
        Assert.Equal(["child:PreStart", "child:PostStop"], _log);
    }

    [Fact]
    public void Escalation_lets_the_grandparent_restart_the_parent_which_replaces_its_children()
    {
        TestProbe probe = _kit.CreateProbe();
        IActorRef parent = Supervise(SupervisorStrategy.Escalating);
        IActorRef child = Child("child");
        probe.Watch(child);
        _kit.Runner.RunUntilIdle();
        child.Tell("fail");

        probe.ExpectTerminated(child);
        _kit.Runner.RunUntilIdle();
        Assert.Equal(1, _kit.System.Hierarchy().Single(line => line.Path == parent.Path).Restarts);
        IActorRef successor = Child("child");
        Assert.NotSame(child, successor);
        probe.Send(successor, "a");
        probe.ExpectMsg("a 1");
    }

    [Fact]
    public void Resuming_an_escalation_resumes_the_child_that_failed_and_its_siblings()
    {
        ActorTestKit kit = new(1, new ActorSystemSettings
        {
            GuardianStrategy = new OneForOneStrategy(decider: _ => Directive.Resume),
        });
        TestProbe probe = kit.CreateProbe();
        kit.System.ActorOf(Parent(SupervisorStrategy.Escalating), "parent");
        IActorRef left = Child(kit, "left");
        IActorRef right = Child(kit, "right");
        left.Tell("fail");
        right.Tell("fail");
        kit.Runner.RunUntilIdle();

        probe.Send(left, "a");
        probe.ExpectMsg("a 1");
        probe.Send(right, "a");
        probe.ExpectMsg("a 1");
    }

    [Fact]
    public void What_escalates_past_the_guardian_faults_the_system_and_nothing_runs_any_more()
    {
        ActorTestKit kit = new(1, new ActorSystemSettings { GuardianStrategy = SupervisorStrategy.Escalating });
        TestProbe probe = kit.CreateProbe();
        kit.System.ActorOf(Parent(SupervisorStrategy.Escalating), "parent");
        IActorRef child = Child(kit, "child");
        child.Tell("fail");
        kit.Runner.RunUntilIdle();

        Assert.Equal("fail", Assert.IsType<TestFailure>(kit.Await(kit.System.WhenFaulted)).Message);
        probe.Send(child, "a");
        probe.ExpectNoMsg(Duration.FromSeconds(1));
        kit.System.Terminate();
        kit.Runner.RunUntilIdle();
        Assert.True(kit.System.WhenTerminated.IsCompletedSuccessfully);
    }

    [Fact]
    public void The_retry_limit_stops_the_child_and_a_new_window_counts_anew()
    {
        TestProbe probe = _kit.CreateProbe();
        Supervise(new OneForOneStrategy(2, Duration.FromSeconds(10)));
        IActorRef child = Child("child");
        probe.Watch(child);
        Fail(child, 2);
        _kit.Runner.RunFor(Duration.FromSeconds(11));
        Fail(child, 2);
        probe.ExpectNoMsg();
        Fail(child, 1);
        probe.ExpectTerminated(child);
    }

    [Fact]
    public void Back_off_doubles_up_to_its_bound_keeps_the_mail_and_starts_again_after_a_long_life()
    {
        TestProbe probe = _kit.CreateProbe();
        Backoff backoff = new(
            Duration.FromSeconds(1), Duration.FromSeconds(4), Duration.FromSeconds(60), wait => new(wait.Micros / 10));
        Supervise(new OneForOneStrategy(backoff: backoff));
        IActorRef child = Child("child");
        List<long> waits = [];
        for (int i = 0; i < 5; i++)
        {
            if (i == 4)
            {
                _kit.Runner.RunFor(Duration.FromSeconds(60));
            }

            Instant before = _kit.Runner.Now;
            probe.Send(child, "fail");
            probe.Send(child, "still here");
            probe.ExpectMsg("still here 1", Duration.FromSeconds(10));
            waits.Add(_kit.Runner.Now.Since(before).Micros / 1_000);
        }

        Assert.Equal([1_100, 2_200, 4_400, 4_400, 1_100], waits);
    }

    [Fact]
    public void During_a_back_off_of_all_for_one_the_siblings_wait_too()
    {
        TestProbe probe = _kit.CreateProbe();
        Supervise(new AllForOneStrategy(backoff: new Backoff(Duration.FromSeconds(5), Duration.FromSeconds(5))));
        IActorRef left = Child("left");
        IActorRef right = Child("right");
        left.Tell("fail");
        _kit.Runner.RunUntilIdle();
        probe.Send(right, "a");
        probe.ExpectNoMsg(Duration.FromSeconds(4));
        probe.ExpectMsg("a 1");
        Assert.All(_kit.System.Hierarchy(), line => Assert.InRange(line.Restarts, 0, 1));
    }

    [Fact]
    public void During_a_back_off_the_old_instance_is_gone_and_a_stop_is_not_undone_by_the_timer()
    {
        TestProbe probe = _kit.CreateProbe();
        Supervise(new OneForOneStrategy(backoff: new Backoff(Duration.FromSeconds(5), Duration.FromSeconds(5))));
        IActorRef child = Child("child");
        probe.Watch(child);
        child.Tell("fail");
        _kit.Runner.RunUntilIdle();
        Assert.Equal(["child:PreStart", "child:PreRestart(fail)", "child:PostStop"], _log);
        _kit.System.Stop(child);
        probe.ExpectTerminated(child);
        _kit.Runner.RunFor(Duration.FromSeconds(10));
        Assert.Equal(3, _log.Count);
    }

    [Fact]
    public void A_child_that_cannot_start_is_stopped_and_the_failure_is_published()
    {
        TestProbe probe = _kit.CreateProbe();
        _kit.System.EventStream.Subscribe(probe.Ref, typeof(ActorFailure));
        IActorRef actor = _kit.System.ActorOf(Props.Create(() => throw new TestFailure("no")));
        ActorFailure failure = probe.ExpectMsg<ActorFailure>();
        Assert.Equal((actor, Directive.Stop), (failure.Actor, failure.Directive));
        Assert.IsType<TestFailure>(Assert.IsType<ActorInitializationException>(failure.Cause).InnerException);
        _kit.Runner.RunUntilIdle();
        Assert.Null(_kit.System.Find(actor.Path));
    }

    [Fact]
    public void A_child_that_cannot_start_can_be_tried_again()
    {
        TestProbe probe = _kit.CreateProbe();
        int attempts = 0;
        Supervise(new OneForOneStrategy(3, default, _ => Directive.Restart));
        IActorRef child = Child(_kit, Script.Props(s =>
        {
            s.OnPreStart = () => _ = ++attempts < 3 ? throw new TestFailure("not yet") : attempts;
            s.On<string>(text => s.Sender.Tell(text));
        }));
        probe.Send(child, "hello");
        probe.ExpectMsg("hello");
        Assert.Equal(3, attempts);
    }

    [Fact]
    public void A_restart_waits_until_the_children_have_stopped_and_spares_those_the_hook_keeps()
    {
        TestProbe probe = _kit.CreateProbe();
        IActorRef kept = null!;
        IActorRef actor = _kit.System.ActorOf(Script.Props(s =>
        {
            s.KeepChildren = true;
            s.OnPreStart = () => kept = s.Context.Child("kid")
                ?? s.Context.ActorOf(Script.Logging("kid", _log), "kid");
            s.On<string>(_ => throw new TestFailure("x"));
        }));
        _kit.Runner.RunUntilIdle();
        IActorRef first = kept;
        actor.Tell("x");
        _kit.Runner.RunUntilIdle();

        Assert.Same(first, kept);
        Assert.Equal(
            ["kid:PreStart", "kid:PreRestart()", "kid:PostStop", "kid:PostRestart", "kid:PreStart"], _log);
        probe.Send(kept, "a");
        probe.ExpectMsg("a 1");
    }

    [Fact]
    public void Stopping_a_parent_stops_its_children_first()
    {
        _kit.System.ActorOf(Script.Props(s =>
        {
            s.OnPreStart = () =>
            {
                s.Context.ActorOf(Script.Logging("one", _log), "one");
                s.Context.ActorOf(Script.Logging("two", _log), "two");
            };
            s.OnPostStop = () => _log.Add("parent:PostStop");
        }));
        _kit.Runner.RunUntilIdle();
        _log.Clear();
        _kit.System.Terminate();
        _kit.Runner.RunUntilIdle();

        Assert.Equal("parent:PostStop", _log[2]);
        Assert.Equal(["one:PostStop", "two:PostStop"], _log.Take(2).Order(StringComparer.Ordinal));
        Assert.True(_kit.System.WhenTerminated.IsCompletedSuccessfully);
        Assert.Throws<InvalidOperationException>(() => _kit.System.ActorOf(Script.Logging("late", _log)));
    }

    [Fact]
    public void A_kill_leaves_the_decision_to_the_supervisor_which_stops_by_default()
    {
        TestProbe probe = _kit.CreateProbe();
        IActorRef actor = _kit.System.ActorOf(Script.Logging("victim", _log));
        probe.Watch(actor);
        _kit.Runner.RunUntilIdle();
        actor.Tell(Kill.Instance);
        probe.ExpectTerminated(actor);
    }

    private static Props Parent(SupervisorStrategy strategy) => Script.Props(script =>
        script.On<(string? Name, Props Props)>(child =>
            script.Sender.Tell(script.Context.ActorOf(child.Props, child.Name)))).WithSupervisorStrategy(strategy);

    private IActorRef Supervise(SupervisorStrategy strategy) => _kit.System.ActorOf(Parent(strategy), "parent");

    private IActorRef Child(string name) => Child(_kit, name);

    private IActorRef Child(ActorTestKit kit, string name) => Child(kit, Script.Logging(name, _log), name);

    private static IActorRef Child(ActorTestKit kit, Props props, string? name = null)
    {
        TestProbe probe = kit.CreateProbe();
        probe.Send(kit.System.Find("/user/parent")!, (name, props));
        return probe.ExpectMsg<IActorRef>();
    }

    private void Fail(IActorRef actor, int times)
    {
        for (int i = 0; i < times; i++)
        {
            actor.Tell("fail");
            _kit.Runner.RunUntilIdle();
        }
    }
}
