using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using EnergyNode.Actors.TestKit;
using EnergyNode.Ledger;
using Xunit;

namespace EnergyNode.Actors.Tests;

public sealed class SystemTests
{
    private static readonly Duration Second = Duration.FromSeconds(1);

    private readonly ActorTestKit _kit = new();

    [Fact]
    public void An_ask_completes_with_the_answer()
    {
        IActorRef actor = _kit.System.ActorOf(Script.Props(s => s.On<int>(n => s.Sender.Tell(n * 2))));
        Task<int> answer = _kit.System.Ask<int>(actor, 21, Second);
        Assert.Equal(42, _kit.Await(answer));
        Assert.Null(_kit.Runner.NextTimer);
    }

    [Fact]
    public void An_ask_times_out_and_the_late_answer_goes_to_dead_letters()
    {
        TestProbe silent = _kit.CreateProbe();
        TestProbe dead = _kit.CreateProbe();
        _kit.System.EventStream.Subscribe(dead.Ref, typeof(DeadLetter));
        Task<int> answer = _kit.System.Ask<int>(silent.Ref, "question", Second);
        silent.ExpectMsg("question");
        _kit.Runner.RunFor(new Duration(Second.Micros - 1));
        Assert.False(answer.IsCompleted);
        _kit.Runner.RunFor(new Duration(1));
        Assert.IsType<AskTimeoutException>(answer.Exception!.InnerException);

        silent.Reply(42);
        DeadLetter letter = dead.ExpectMsg<DeadLetter>();
        Assert.Equal((42, silent.Ref), (letter.Message, letter.Sender));
    }

    [Fact]
    public void An_ask_fails_with_the_cause_that_was_answered_or_with_a_type_that_does_not_fit()
    {
        TestProbe probe = _kit.CreateProbe();
        Task<int> refused = _kit.System.Ask<int>(probe.Ref, "a", Second);
        probe.ExpectMsg("a");
        probe.Reply(new StatusFailure(new TestFailure("no")));
        Assert.IsType<TestFailure>(refused.Exception!.InnerException);

        Task<int> mistyped = _kit.System.Ask<int>(probe.Ref, "b", Second);
        probe.ExpectMsg("b");
        probe.Reply("text");
        Assert.IsType<InvalidCastException>(mistyped.Exception!.InnerException);
    }

    [Fact]
    public async Task On_threads_many_asks_are_answered()
    {
        ActorTestKit kit = ActorTestKit.OnThreads();
        IActorRef actor = kit.System.ActorOf(Script.Props(s => s.On<int>(n => s.Sender.Tell(n + 1))));
        int[] answers = await Task.WhenAll(
            Enumerable.Range(0, 1_000).Select(n => kit.System.Ask<int>(actor, n, Duration.FromSeconds(30))));
        Assert.Equal(Enumerable.Range(1, 1_000), answers);
        await kit.System.GracefulStop(actor, Duration.FromSeconds(30));
        Assert.Null(kit.System.Find(actor.Path));
    }

    [Fact]
    public void A_graceful_stop_completes_when_the_actor_has_stopped_even_if_it_had_before()
    {
        IActorRef actor = _kit.System.ActorOf(Script.Props(_ => { }));
        Task first = _kit.System.GracefulStop(actor, Second);
        _kit.Runner.RunUntilIdle();
        Assert.True(first.IsCompletedSuccessfully);
        Task second = _kit.System.GracefulStop(actor, Second);
        _kit.Runner.RunUntilIdle();
        Assert.True(second.IsCompletedSuccessfully);
    }

    [Fact]
    public void Lookup_finds_the_living_by_path()
    {
        Props parent = Script.Props(s => s.OnPreStart = () => s.Context.ActorOf(Script.Props(_ => { }), "b"));
        _kit.System.ActorOf(parent, "a");
        _kit.Runner.RunUntilIdle();
        Assert.Equal("/user/a/b", _kit.System.Find("/user/a/b")?.Path.Value);
        Assert.Equal("/user", _kit.System.Find(new ActorPath("/user"))?.Path.Value);
        string[] unknown = ["", "/", "user/a", "/user/x", "/user/a/b/c", "/temp/1"];
        Assert.All(unknown, path => Assert.Null(_kit.System.Find(path)));
    }

    [Fact]
    public void The_hierarchy_lists_parents_before_children_with_their_mailboxes()
    {
        IActorRef a = _kit.System.ActorOf(Script.Props(s =>
        {
            s.OnPreStart = () => s.Context.ActorOf(Script.Props(_ => { }), "z");
            s.On<int>(_ => { });
        }), "a");
        _kit.System.ActorOf(Script.Props(_ => { }), "b");
        a.Tell(1);
        _kit.Runner.RunUntilIdle();
        a.Tell(2);
        a.Tell(3);
        Assert.Equal(
            ["/user 0 0", "/user/a 2 1", "/user/a/z 0 0", "/user/b 0 0"],
            _kit.System.Hierarchy().Select(line => $"{line.Path} {line.MailboxDepth} {line.MessagesHandled}"));
    }

    [Fact]
    public void The_tree_is_as_deep_as_the_limit_says()
    {
        TestProbe probe = _kit.CreateProbe();
        _kit.System.EventStream.Subscribe(probe.Ref, typeof(ActorFailure));
        _kit.System.ActorOf(Deeper());
        ActorFailure failure = probe.ExpectMsg<ActorFailure>();
        Assert.Equal(Limits.MaxTreeDepth + 1, failure.Actor.Path.Value.Split('/').Length);

        static Props Deeper() => Script.Props(s => s.OnPreStart = () => s.Context.ActorOf(Deeper()));
    }

    [Fact]
    public void A_coordinated_shutdown_runs_its_phases_in_order_and_stops_the_actors_last()
    {
        List<string> log = [];
        _kit.System.ActorOf(Script.Logging("actor", log));
        _kit.Runner.RunUntilIdle();
        CoordinatedShutdown shutdown = _kit.System.CoordinatedShutdown;
        TaskCompletionSource flushed = new();
        shutdown.AddTask(ShutdownPhase.ClusterLeave, "leave", () => Note("leave"));
        shutdown.AddTask(ShutdownPhase.ServiceUnbind, "unbind", () => Note("unbind"));
        shutdown.AddTask(ShutdownPhase.ServiceStop, "flush", () => flushed.Task);
        shutdown.AddTask(ShutdownPhase.ServiceStop, "stop", () => Note("stop"));
        Task<ShutdownReport> done = shutdown.Run("test");
        Assert.Same(done, shutdown.Run("again"));
        _kit.Runner.RunUntilIdle();
        Assert.Equal(["actor:PreStart", "unbind", "stop"], log);
        flushed.SetResult();
        _kit.Runner.RunUntilIdle();

        Assert.Equal(["leave", "actor:PostStop"], log.Skip(3));
        ShutdownReport report = _kit.Await(done, default(Duration));
        Assert.Equal("test", report.Reason);
        Assert.Empty(report.Problems);
        Assert.True(_kit.System.WhenTerminated.IsCompletedSuccessfully);
        Assert.Throws<InvalidOperationException>(() =>
            shutdown.AddTask(ShutdownPhase.ServiceStop, "x", () => Note("x")));

        Task Note(string line)
        {
            log.Add(line);
            return Task.CompletedTask;
        }
    }

    [Fact]
    public void A_shutdown_task_that_fails_or_hangs_is_reported_and_the_rest_goes_on()
    {
        CoordinatedShutdown shutdown = _kit.System.CoordinatedShutdown;
        shutdown.AddTask(ShutdownPhase.ServiceUnbind, "throws", () => throw new TestFailure("x"));
        shutdown.AddTask(ShutdownPhase.ServiceStop, "hangs", () => new TaskCompletionSource().Task);
        Assert.Throws<ArgumentException>(() => shutdown.AddTask("no-such-phase", "x", () => Task.CompletedTask));
        Task<ShutdownReport> done = shutdown.Run("test");
        _kit.Runner.RunFor(Limits.DefaultShutdownPhaseTimeout);

        Assert.Equal(
            ["service-unbind/throws TestFailure", "service-stop/hangs TimeoutException"],
            _kit.Await(done, default(Duration)).Problems.Select(
                problem => $"{problem.Phase}/{problem.Task} {problem.Cause.GetType().Name}"));
        Assert.True(_kit.System.WhenTerminated.IsCompletedSuccessfully);
    }
}
